/* RetrieveAllSinceLastBatch: how far each caller has read with which request. */
#ifndef ETSIM_QUERY_SINCE_H
#define ETSIM_QUERY_SINCE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct query;

enum { SINCE_SLOTS = 1024 };

struct since_slot {
  uint64_t request;  /* hash; 0: free */
  uint64_t owner;    /* id of the caller */
  uint64_t from, to; /* the last batch: records after `from` up to `to` */
};

struct since {
  pthread_mutex_t lock;
  unsigned next;
  struct since_slot slots[SINCE_SLOTS];
};

struct since *since_new(void);
void since_free(struct since *since);

/* What the request returns now: records of the store after *from up to *to, and what is computed
 * only when *from is 0. `newest` is the store's last record now. */
void since_range(struct since *since, uint64_t request, uint64_t owner, bool repeat,
                 uint64_t newest, uint64_t *from, uint64_t *to);

#endif
