#include "object/place.h"

#include "object/object_private.h"

#include <limits.h>
#include <string.h>

/* Arrays grow by doubling: their room is the next power of two of their count. */
void *ets_field_add(struct ets_arena *arena, const struct ets_field *field, void *data) {
  char **items = (char **)(void *)((char *)data + field->offset);
  size_t size = ets_field_item_size(field);
  size_t n = *items == ets_nil ? 0 : (size_t)ets_field_counter(field, data);
  if ((n & (n - 1)) == 0) {
    size_t room = n ? 2 * n : 1;
    char *larger = n > INT_MAX / 2 ? NULL : ets_arena_zalloc(arena, room * size);
    if (!larger)
      return NULL;
    if (n)
      memcpy(larger, *items, n * size);
    *items = larger;
  }
  ets_field_set_counter(field, data, (int)n + 1);
  return *items + n * size;
}

void *ets_field_place(struct ets_arena *arena, const struct ets_field *field, void *data) {
  char *member = (char *)data + field->offset;
  if (field->flags & ETS_FIELD_ARRAY)
    return ets_field_add(arena, field, data);
  if (field->flags & ETS_FIELD_CHOICE)
    ets_field_set_counter(field, data, field->selector);
  if (ets_field_is_text(field) || !(field->flags & ETS_FIELD_POINTER))
    return member;
  void *place = ets_arena_zalloc(arena, ets_field_item_size(field));
  if (place)
    memcpy(member, &place, sizeof place);
  return place;
}

void *ets_link_derived(struct ets_arena *arena, const struct ets_type *declared,
                       const struct ets_type *actual, void *data) {
  if (actual == declared)
    return data;
  char *base = ets_link_derived(arena, declared, actual->base, data);
  void *derived = base ? ets_arena_zalloc(arena, actual->size) : NULL;
  if (derived)
    memcpy(base + actual->link, &derived, sizeof derived);
  return derived;
}
