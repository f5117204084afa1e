#include "etwsdl/base/map.h"

#include <stdint.h>
#include <string.h>

#include "common/hash.h"

enum { FIRST_SIZE = 16 };

struct map_slot {
  const char *key;
  void *value;
  size_t hash;
};

/* Where the key is, or would be. */
static struct map_slot *slot_of(const struct map *map, const char *key, size_t hash) {
  size_t at = hash & (map->size - 1);
  while (map->slots[at].key &&
         (map->slots[at].hash != hash || strcmp(map->slots[at].key, key) != 0))
    at = (at + 1) & (map->size - 1);
  return &map->slots[at];
}

static void grow(struct arena *arena, struct map *map) {
  struct map grown = {.size = map->size ? map->size * 2 : FIRST_SIZE, .used = map->used};
  grown.slots = arena_alloc(arena, grown.size * sizeof *grown.slots);
  for (size_t i = 0; i < map->size; i++)
    if (map->slots[i].key)
      *slot_of(&grown, map->slots[i].key, map->slots[i].hash) = map->slots[i];
  *map = grown;
}

void *map_get(const struct map *map, const char *key) {
  return map->size ? slot_of(map, key, hash_text(key, strlen(key)))->value : NULL;
}

bool map_put(struct arena *arena, struct map *map, const char *key, const void *value) {
  size_t hash = hash_text(key, strlen(key));
  if (map->used * 2 >= map->size)
    grow(arena, map);
  struct map_slot *slot = slot_of(map, key, hash);
  if (slot->key)
    return false;
  *slot = (struct map_slot){key, (void *)(uintptr_t)value, hash};
  map->used++;
  return true;
}

const char *map_next(const struct map *map, size_t *at, void **value) {
  while (*at < map->size) {
    const struct map_slot *slot = &map->slots[(*at)++];
    if (slot->key) {
      *value = slot->value;
      return slot->key;
    }
  }
  return NULL;
}

struct list *map_list(struct arena *arena, struct map *map, const char *key) {
  struct list *list = map_get(map, key);
  if (list)
    return list;
  list = arena_alloc(arena, sizeof *list);
  map_put(arena, map, key, list);
  return list;
}
