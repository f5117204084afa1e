/* What the server was told, kept for the life of the process: objects of any type by table, with
 * the effects that they have on the demo data. */
#ifndef ETSIM_STORE_STORE_H
#define ETSIM_STORE_STORE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/numbers.h"
#include "store/record.h"

/* Unsubscribes that were logged on a computed send. */
struct extra_unsub {
  int send;
  int list;
  uint32_t count;
};

struct store {
  pthread_rwlock_t lock; /* everything below, and every record */
  struct table **tables;
  size_t table_count;
  int next_id;
  uint64_t newest;         /* number of the last record */
  struct numbers shadowed; /* computed subscribers that a record has taken the place of */
  struct extra_unsub *unsubs;
  size_t unsub_count;
  atomic_bool changed; /* since it was saved */
};

bool store_init(struct store *store);
void store_free(struct store *store);

void store_read(struct store *store);
void store_write(struct store *store); /* what is told is to be changed */
void store_lock(struct store *store);  /* only what is made of it is, such as kinds */
void store_release(struct store *store);

/* All of these want the lock. NULL: not there, or out of memory. */
struct table *store_table(const struct store *store, const char *name);
struct table *store_make_table(struct store *store, const char *name);

/* Takes over the tree, also when it fails. */
struct record *store_add(struct store *store, struct table *table, struct node *tree, int account);
void store_remove(struct table *table, size_t index);
/* Where much was removed, the records move together. */
void store_close_gaps(struct table *table);
void store_drop(struct record *record); /* one that no table has */
void store_remove_record(struct table *table, const struct record *record);
/* Takes over what is in the tree, see node_merge(). */
void store_merge(const struct table *table, struct record *record, struct node *tree);
/* Those that store_find() would find; property NULL: all. The table may be NULL. */
void store_remove_all(struct table *table, const char *property, const char *text);

/* Index of the first record whose property has this text, ASCII case aside; SIZE_MAX: none.
 * `account` 0: any. */
size_t store_find(const struct table *table, const char *property, const char *text, int account);

bool store_is_shadowed(const struct store *store, uint32_t subscriber);
bool store_shadow(struct store *store, uint32_t subscriber);
/* So many more. */
bool store_count_unsubs(struct store *store, int send, int list, uint32_t count);

/* Logged unsubscribes of a send; `list` 0: of all its lists. */
uint32_t store_unsubs(const struct store *store, int send, int list);

#endif
