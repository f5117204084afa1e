#include "wire/queue.h"

#include <stdlib.h>

struct ets_arena *ets_queue_arena(struct ets_queue *queue) {
  return &queue->arenas[queue->current];
}

bool ets_queue_add(struct ets_queue *queue, ets_object item) {
  if (queue->count == queue->room) {
    size_t room = queue->room ? 2 * queue->room : 64;
    ets_object *larger = realloc(queue->items, room * sizeof *larger);
    if (!larger)
      return false;
    queue->items = larger;
    queue->room = room;
  }
  queue->items[queue->count++] = item;
  return true;
}

size_t ets_queue_count(const struct ets_queue *queue) {
  return queue->count - queue->taken;
}

/* All that was read whole is used up. The item that may be half read began in the current arena,
 * so the other one is free. */
static void turn(struct ets_queue *queue) {
  if (queue->count == 0)
    return;
  queue->count = queue->taken = 0;
  queue->current = !queue->current;
  ets_arena_reset(&queue->arenas[queue->current]);
}

bool ets_queue_take(struct ets_queue *queue, ets_object *item) {
  if (queue->taken == queue->count) {
    turn(queue);
    return false;
  }
  *item = queue->items[queue->taken++];
  return true;
}

void ets_queue_free(struct ets_queue *queue) {
  ets_arena_free(&queue->arenas[0]);
  ets_arena_free(&queue->arenas[1]);
  free(queue->items);
}
