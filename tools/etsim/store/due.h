/* Records by the date that they are due at: the first one at the top of a heap. */
#ifndef ETSIM_STORE_DUE_H
#define ETSIM_STORE_DUE_H

#include "store/record.h"

struct due {
  int64_t date;
  struct record *record; /* borrowed */
};

/* Begin with {0}. Of the same date, the record that came first is first. */
struct due_heap {
  struct due *items;
  size_t count, capacity;
};

/* For one more. @return false: out of memory */
bool due_make_room(struct due_heap *heap);
/* There is room. */
void due_push(struct due_heap *heap, int64_t date, struct record *record);
/* It is not empty. */
struct due due_pop(struct due_heap *heap);
void due_free(struct due_heap *heap);

#endif
