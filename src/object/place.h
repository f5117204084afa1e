/* Making room for values inside generated structs: members, array items, derived objects. All
 * memory comes from an arena; NULL is out of memory. */
#ifndef ETS_PLACE_H
#define ETS_PLACE_H

#include "base/arena.h"
#include "contract/types.h"

/* One more item, zeroed, at the end of an array. */
void *ets_field_add(struct ets_arena *arena, const struct ets_field *field, void *data);

/* Where the value of a field goes: an item of its array, a new place behind its pointer, or the
 * member itself. Selects the field when it is one of a choice. */
void *ets_field_place(struct ets_arena *arena, const struct ets_field *field, void *data);

/* The struct for an object of `actual` inside one of `declared`: a chain of gSOAP's -F links. */
void *ets_link_derived(struct ets_arena *arena, const struct ets_type *declared,
                       const struct ets_type *actual, void *data);

#endif
