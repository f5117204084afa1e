/* Reading members by the type table: shared by object, wire and the programs. */
#ifndef ETS_OBJECT_PRIVATE_H
#define ETS_OBJECT_PRIVATE_H

#include "contract/types.h"

#include <etsoap/object.h>

#include <string.h>

/* What a member points to when the wire said xsi:nil. All zero, so that text reads as "" and a
 * number as 0. */
extern const char ets_nil[ETS_NIL_SIZE];

/* Bytes of one value of a field: of an array's item, of what a pointer points to. */
size_t ets_field_item_size(const struct ets_field *field);

/* The int at the field's count_offset: how many items an array has, or which member of a choice is
 * selected, 0 for none. */
static inline int ets_field_counter(const struct ets_field *field, const void *data) {
  int counter;
  memcpy(&counter, (const char *)data + field->count_offset, sizeof counter);
  return counter;
}

static inline void ets_field_set_counter(const struct ets_field *field, void *data, int counter) {
  memcpy((char *)data + field->count_offset, &counter, sizeof counter);
}

/* Whether the value is a char * of its own. */
static inline bool ets_field_is_text(const struct ets_field *field) {
  return field->kind <= ETS_KIND_TIME;
}

/* How many values there are to read: of an array its items, else 1. */
size_t ets_field_count(const struct ets_field *field, const void *data);

/* The value at an index, absent when there is none: what the struct alone says. */
ets_value ets_field_read(const struct ets_field *field, const void *data, size_t index);

/* The same of an object, with what its notes say. `field` is one of the object's type. */
ets_value ets_object_read(ets_object object, const struct ets_field *field, size_t index);

/* Follows gSOAP's -F links down to the struct that holds the members. */
ets_object ets_most_derived(const struct ets_type *type, void *data);

#endif
