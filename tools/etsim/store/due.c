#include "store/due.h"

#include <stdlib.h>

static bool is_before(const struct due *one, const struct due *other) {
  if (one->date != other->date)
    return one->date < other->date;
  return one->record->number < other->record->number;
}

bool due_make_room(struct due_heap *heap) {
  if (heap->count < heap->capacity)
    return true;
  size_t capacity = heap->capacity ? heap->capacity * 2 : 64;
  struct due *items = realloc(heap->items, capacity * sizeof *items);
  if (!items)
    return false;
  heap->items = items;
  heap->capacity = capacity;
  return true;
}

void due_push(struct due_heap *heap, int64_t date, struct record *record) {
  const struct due due = {date, record};
  size_t at = heap->count++;
  for (size_t above; at && is_before(&due, &heap->items[above = (at - 1) / 2]); at = above)
    heap->items[at] = heap->items[above];
  heap->items[at] = due;
}

struct due due_pop(struct due_heap *heap) {
  struct due *items = heap->items, first = items[0], last = items[--heap->count];
  size_t at = 0, below;
  while ((below = 2 * at + 1) < heap->count) {
    if (below + 1 < heap->count && is_before(&items[below + 1], &items[below]))
      below++;
    if (!is_before(&items[below], &last))
      break;
    items[at] = items[below];
    at = below;
  }
  items[at] = last;
  return first;
}

void due_free(struct due_heap *heap) {
  free(heap->items);
  *heap = (struct due_heap){NULL, 0, 0};
}
