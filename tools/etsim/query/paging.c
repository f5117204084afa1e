#include "query/paging.h"

#include <stdlib.h>
#include <string.h>

#include "ground/date.h"

struct query *query_new(void) {
  struct query *query = calloc(1, sizeof *query);
  if (query) {
    query->references = 1;
    query->to = UINT64_MAX;
  }
  return query;
}

static void release(struct query *query) {
  if (!query || --query->references)
    return;
  filter_free(query->filter);
  page_plan_free(&query->plan);
  free(query);
}

struct paging *paging_new(int64_t lifetime) {
  struct paging *paging = calloc(1, sizeof *paging);
  if (!paging)
    return NULL;
  paging->lifetime = lifetime;
  if (pthread_mutex_init(&paging->lock, NULL)) {
    free(paging);
    return NULL;
  }
  return paging;
}

void paging_free(struct paging *paging) {
  if (!paging)
    return;
  for (size_t i = 0; i < PAGING_SLOTS; i++)
    release(paging->slots[i].query);
  (void)pthread_mutex_destroy(&paging->lock);
  free(paging);
}

void paging_put(struct paging *paging, char id[GUID_SIZE], struct query *query,
                const struct position *position, uint64_t owner) {
  if (!query) {
    random_guid(id, random_number());
    return;
  }
  (void)pthread_mutex_lock(&paging->lock);
  unsigned number = paging->next;
  paging->next = (number + 1) % PAGING_SLOTS;
  struct paging_slot *slot = &paging->slots[number];
  release(slot->query);
  query->references++;
  *slot = (struct paging_slot){.query = query,
                               .position = *position,
                               .owner = owner,
                               .expires = date_now() + paging->lifetime};
  /* the ID says which slot, so that finding it takes no search */
  random_guid(slot->id, (random_number() & 0xFFFFFFF) << 16 | number);
  memcpy(id, slot->id, GUID_SIZE);
  (void)pthread_mutex_unlock(&paging->lock);
}

struct query *paging_get(struct paging *paging, const char *id, uint64_t owner,
                         struct position *position) {
  if (strlen(id) != GUID_SIZE - 1)
    return NULL;
  unsigned long number = strtoul(id + GUID_SIZE - 5, NULL, 16);
  if (number >= PAGING_SLOTS)
    return NULL;
  (void)pthread_mutex_lock(&paging->lock);
  struct paging_slot *slot = &paging->slots[number];
  struct query *query = NULL;
  if (slot->query && strcmp(slot->id, id) == 0 && slot->owner == owner &&
      slot->expires > date_now()) {
    query = slot->query;
    query->references++;
    *position = slot->position;
  }
  (void)pthread_mutex_unlock(&paging->lock);
  return query;
}

void query_release(struct paging *paging, struct query *query) {
  (void)pthread_mutex_lock(&paging->lock);
  release(query);
  (void)pthread_mutex_unlock(&paging->lock);
}
