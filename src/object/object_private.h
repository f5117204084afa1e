/* Reading members by the type table: shared by object, decode and encode. */
#ifndef ETS_OBJECT_PRIVATE_H
#define ETS_OBJECT_PRIVATE_H

#include "contract/types.h"

#include <etsoap/object.h>

/* Bytes of one value of a field: of an array's item, of what a pointer points to. */
size_t ets_field_item_size(const struct ets_field *field);

/* Whether the value is a char * of its own. */
static inline bool ets_field_is_text(const struct ets_field *field) {
  return field->kind <= ETS_KIND_TIME;
}

/* How many values there are to read: of an array its items, else 1. */
size_t ets_field_count(const struct ets_field *field, const void *data);

/* The value at an index, absent when there is none. */
ets_value ets_field_read(const struct ets_field *field, const void *data, size_t index);

/* Follows gSOAP's -F links down to the struct that holds the members. */
ets_object ets_most_derived(const struct ets_type *type, void *data);

#endif
