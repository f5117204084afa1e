/* All that the server knows: the demo data and what it was told. One for the process, shared by
 * the threads. */
#ifndef ETSIM_STORE_WORLD_H
#define ETSIM_STORE_WORLD_H

#include <stdatomic.h>

#include "demo/demo.h"
#include "store/due.h"
#include "store/store.h"

enum { WORLD_ACCOUNTS = 3 };

struct world {
  struct demo demo; /* no sends when the data is none */
  struct store store;
  int accounts[WORLD_ACCOUNTS]; /* MIDs, the parent first */
  const char *files;            /* the folder that extracts write into; NULL: none */
  struct due_heap agenda;       /* what is going to happen, see store/agenda.h */
  _Atomic int64_t next_due;     /* of the agenda */
};

bool world_init(struct world *world, uint64_t seed, size_t sends, uint32_t subscribers);
void world_free(struct world *world);

/* Now, by the account's clock. */
static inline int64_t world_now(const struct world *world) {
  return clock_now(&world->demo.clock);
}

/* Whether it is one of the accounts. */
bool world_has_account(const struct world *world, long account);

/* Says of an object what the service says of each one of its type. */
bool world_complete(const char *type, struct node *tree);

/* Gives a tree ID, ObjectID, CustomerKey and dates where they are missing, and keeps it. Takes over
 * the tree. Wants the write lock of the store. NULL: out of memory. */
struct record *world_keep(struct world *world, const char *type, struct node *tree, int account);

#endif
