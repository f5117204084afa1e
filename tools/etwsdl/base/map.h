/* Text to a pointer: what would otherwise be a search through a list for each of its items. */
#ifndef ETWSDL_BASE_MAP_H
#define ETWSDL_BASE_MAP_H

#include "etwsdl/base/arena.h"

/* Begin with {0}. Keys are borrowed, and compared as text. */
struct map {
  struct map_slot *slots;
  size_t size; /* a power of two, or 0 */
  size_t used;
};

void *map_get(const struct map *map, const char *key); /* NULL when it is not there */

/* False, and nothing is changed, when the key is there already. `value` is not NULL. */
bool map_put(struct arena *arena, struct map *map, const char *key, const void *value);

/* The keys in no order: begin with *at 0; NULL behind the last. */
const char *map_next(const struct map *map, size_t *at, void **value);

/* The list at the key, made when it is not there. */
struct list *map_list(struct arena *arena, struct map *map, const char *key);

#endif
