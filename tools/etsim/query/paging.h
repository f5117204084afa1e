/* A Retrieve request, checked and compiled; and the place where requests that have more pages
 * wait for the next one. */
#ifndef ETSIM_QUERY_PAGING_H
#define ETSIM_QUERY_PAGING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kinds/filter.h"
#include "kinds/scan.h"
#include "query/page.h"
#include "ground/random.h"
#include "store/world.h"

/* Shared by the pages of one request; never changed once made. */
struct query {
  unsigned references; /* under the lock of the table */
  const struct kind *kind;
  struct filter *filter;
  struct page_plan plan;
  uint64_t from, to; /* records, see struct scan */
  bool all_accounts;
  size_t account_count;
  int accounts[WORLD_ACCOUNTS];
};

struct query *query_new(void); /* NULL: out of memory; one reference */

enum { PAGING_SLOTS = 4096 };

struct paging_slot {
  char id[GUID_SIZE];
  char before[GUID_SIZE]; /* the RequestID whose page gave this one, "": the first page */
  struct query *query;    /* NULL: free */
  struct position position;
  uint64_t owner; /* id of the caller */
  int64_t expires;
};

struct paging {
  pthread_mutex_t lock;
  int64_t lifetime; /* milliseconds */
  unsigned next;    /* slot to use next; the oldest request is forgotten first */
  struct paging_slot slots[PAGING_SLOTS];
};

struct paging *paging_new(int64_t lifetime);
void paging_free(struct paging *paging);

/* Writes a RequestID; when `query` has more to come, remembers where it stands.
 * @param before  the RequestID that was continued, "" for none */
void paging_put(struct paging *paging, char id[GUID_SIZE], struct query *query,
                const struct position *position, uint64_t owner, const char *before);

/* What a RequestID stands for, with a reference of its own; NULL when there is none, it expired, or
 * it is another caller's. A page can be asked for again, as long as the one behind it was not: from
 * then on it is forgotten, since the service goes forward only. */
struct query *paging_get(struct paging *paging, const char *id, uint64_t owner,
                         struct position *position);

void query_release(struct paging *paging, struct query *query);

#endif
