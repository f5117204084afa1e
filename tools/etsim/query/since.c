#include "query/since.h"

#include <stdlib.h>

struct since *since_new(void) {
  struct since *since = calloc(1, sizeof *since);
  if (since && pthread_mutex_init(&since->lock, NULL)) {
    free(since);
    return NULL;
  }
  return since;
}

void since_free(struct since *since) {
  if (!since)
    return;
  (void)pthread_mutex_destroy(&since->lock);
  free(since);
}

static struct since_slot *find(struct since *since, uint64_t request, uint64_t owner) {
  for (size_t i = 0; i < SINCE_SLOTS; i++)
    if (since->slots[i].request == request && since->slots[i].owner == owner)
      return &since->slots[i];
  return NULL;
}

void since_range(struct since *since, uint64_t request, uint64_t owner, bool repeat,
                 uint64_t newest, uint64_t *from, uint64_t *to) {
  (void)pthread_mutex_lock(&since->lock);
  struct since_slot *slot = find(since, request, owner);
  if (!slot) {
    slot = &since->slots[since->next];
    since->next = (since->next + 1) % SINCE_SLOTS;
    *slot = (struct since_slot){request, owner, 0, newest};
  } else if (!repeat) {
    slot->from = slot->to;
    slot->to = newest;
  }
  *from = slot->from;
  *to = slot->to;
  (void)pthread_mutex_unlock(&since->lock);
}
