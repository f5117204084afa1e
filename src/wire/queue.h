/* Items that have been read and not handed out yet. The parser takes a slice at a time, so there
 * are some dozens; one more may be half read. Two arenas take turns: the half read item keeps the
 * older one from being reset until it has been handed out itself. */
#ifndef ETS_QUEUE_H
#define ETS_QUEUE_H

#include "base/arena.h"

#include <etsoap/object.h>

struct ets_queue {
  struct ets_arena arenas[2];
  int current; /* arena of items that begin now */
  ets_object *items;
  size_t count;
  size_t taken;
  size_t room;
};

/* Where an item that begins now goes. */
struct ets_arena *ets_queue_arena(struct ets_queue *queue);

/* An item has been read. False when out of memory. */
bool ets_queue_add(struct ets_queue *queue, ets_object item);

/* How many there are to hand out. */
size_t ets_queue_count(const struct ets_queue *queue);

/* Hands one out. False when there is none: then those handed out before are gone, and the next
 * ones may be read. */
bool ets_queue_take(struct ets_queue *queue, ets_object *item);

void ets_queue_free(struct ets_queue *queue);

#endif
