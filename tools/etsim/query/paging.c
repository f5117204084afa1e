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
                const struct position *position, uint64_t owner, const char *before) {
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
  if (strlen(before) < GUID_SIZE)
    memcpy(slot->before, before, strlen(before) + 1);
  memcpy(id, slot->id, GUID_SIZE);
  (void)pthread_mutex_unlock(&paging->lock);
}

/* Wants the lock. */
static struct paging_slot *find(struct paging *paging, const char *id) {
  if (strlen(id) != GUID_SIZE - 1)
    return NULL;
  unsigned long number = strtoul(id + GUID_SIZE - 5, NULL, 16);
  struct paging_slot *slot = number < PAGING_SLOTS ? &paging->slots[number] : NULL;
  return slot && slot->query && strcmp(slot->id, id) == 0 ? slot : NULL;
}

static void forget(struct paging *paging, const char *id) {
  struct paging_slot *slot = find(paging, id);
  if (!slot)
    return;
  release(slot->query);
  slot->query = NULL;
}

struct query *paging_get(struct paging *paging, const char *id, uint64_t owner,
                         struct position *position) {
  (void)pthread_mutex_lock(&paging->lock);
  struct paging_slot *slot = find(paging, id);
  struct query *query = NULL;
  if (slot && slot->owner == owner && slot->expires > date_now()) {
    query = slot->query;
    query->references++;
    *position = slot->position;
    forget(paging, slot->before);
  }
  (void)pthread_mutex_unlock(&paging->lock);
  return query;
}

void query_release(struct paging *paging, struct query *query) {
  (void)pthread_mutex_lock(&paging->lock);
  release(query);
  (void)pthread_mutex_unlock(&paging->lock);
}
