/* What the server was told, kept for the life of the process: objects of any type by table, with
 * the effects that they have on the demo data. */
#ifndef ETSIM_STORE_STORE_H
#define ETSIM_STORE_STORE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/node.h"

struct kind;

struct record {
  struct node *tree;
  int account;     /* 0: of every account */
  bool loaded;     /* from a recording: given back as it is */
  uint64_t number; /* records are numbered from 1 in the order they came */
};

struct table {
  char *name;              /* "Subscriber", "DataExtensionObject[Key]" */
  struct record **records; /* NULL where one was deleted */
  size_t count, capacity;
  struct kind *kind; /* made when first needed; owned here */
  void (*forget_kind)(struct kind *kind);
  bool loaded; /* holds recordings, whose properties the kind has to know */
};

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
  uint64_t newest;    /* number of the last record */
  uint32_t *shadowed; /* computed subscribers that a record has taken the place of */
  size_t shadowed_count;
  struct extra_unsub *unsubs;
  size_t unsub_count;
};

bool store_init(struct store *store);
void store_free(struct store *store);

void store_read(struct store *store);
void store_write(struct store *store);
void store_release(struct store *store);

/* All of these want the lock. NULL: not there, or out of memory. */
struct table *store_table(const struct store *store, const char *name);
struct table *store_make_table(struct store *store, const char *name);

/* Takes over the tree, also when it fails. */
struct record *store_add(struct store *store, struct table *table, struct node *tree, int account);
void store_remove(struct table *table, size_t index);
void store_drop(struct record *record); /* one that no table has */
void store_remove_record(struct table *table, const struct record *record);
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
