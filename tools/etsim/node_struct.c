/* From generated structs to trees, by the table of types and fields. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "meta.h"
#include "node.h"

#include "etH.h"

static const void *at(const void *data, uint32_t offset) {
  return (const char *)data + offset;
}

/* gSOAP's -F: a base struct points to the derived object that stands for it. */
static const struct ets_type *actual_type(const struct ets_type *type, const void **data) {
  for (size_t i = 0; i < ets_type_count; i++) {
    const struct ets_type *derived = ets_types[i];
    if (derived->base != type)
      continue;
    const void *object;
    memcpy(&object, at(*data, derived->link), sizeof object);
    if (object) {
      *data = object;
      return actual_type(derived, data);
    }
  }
  return type;
}

static bool set_number(struct node *node, const struct ets_field *field, const void *place) {
  char text[40] = "";
  long long number = 0;
  switch (field->kind) {
  case ETS_KIND_BYTE:
    number = *(const signed char *)place;
    break;
  case ETS_KIND_SHORT:
    number = *(const short *)place;
    break;
  case ETS_KIND_INT:
    number = *(const int *)place;
    break;
  case ETS_KIND_LONG:
    number = *(const LONG64 *)place;
    break;
  default:
    (void)snprintf(text, sizeof text, "%.17g", *(const double *)place);
    return node_set_text(node, text);
  }
  (void)snprintf(text, sizeof text, "%lld", number);
  return node_set_text(node, text);
}

static bool set_enum(struct node *node, const struct ets_field *field, const void *place) {
  int value;
  memcpy(&value, place, sizeof value);
  bool known = value >= 0 && value < field->enumeration->count;
  return node_set_text(node, known ? field->enumeration->values[value] : "");
}

/* A value that is there. @param place  of the value itself, for text of the pointer to it */
static void add_value(struct node *parent, const struct ets_field *field, const void *place) {
  if (field->kind == ETS_KIND_STRUCT) {
    (void)node_from_struct(parent, field->name, field->type, place);
    return;
  }
  if (field->kind == ETS_KIND_BINARY)
    return;
  struct node *node = node_new(parent, field->name);
  if (!node)
    return;
  switch (field->kind) {
  case ETS_KIND_STRING:
  case ETS_KIND_DATETIME:
  case ETS_KIND_DATE:
  case ETS_KIND_TIME:
  case ETS_KIND_ANY: {
    const char *text;
    memcpy(&text, place, sizeof text);
    (void)node_set_text(node, text ? text : "");
    break;
  }
  case ETS_KIND_BOOLEAN:
    (void)node_set_text(node, *(const enum xsd__boolean *)place ? "true" : "false");
    break;
  case ETS_KIND_ENUM:
    (void)set_enum(node, field, place);
    break;
  default:
    (void)set_number(node, field, place);
  }
}

static size_t item_size(const struct ets_field *field) {
  switch (field->kind) {
  case ETS_KIND_STRUCT:
    return field->type->size;
  case ETS_KIND_BYTE:
    return sizeof(char);
  case ETS_KIND_SHORT:
    return sizeof(short);
  case ETS_KIND_LONG:
    return sizeof(LONG64);
  case ETS_KIND_DOUBLE:
    return sizeof(double);
  case ETS_KIND_INT:
  case ETS_KIND_ENUM:
  case ETS_KIND_BOOLEAN:
    return sizeof(int);
  case ETS_KIND_BINARY:
    return sizeof(struct xsd__base64Binary);
  default:
    return sizeof(char *);
  }
}

static bool is_text(const struct ets_field *field) {
  return field->kind == ETS_KIND_STRING || field->kind == ETS_KIND_DATETIME ||
         field->kind == ETS_KIND_DATE || field->kind == ETS_KIND_TIME;
}

static void add_field(struct node *node, const struct ets_field *field, const void *data) {
  const void *place = at(data, field->offset);
  const char *pointer;
  if (field->flags & ETS_FIELD_CHOICE) {
    int chosen;
    memcpy(&chosen, at(data, field->count_offset), sizeof chosen);
    if (chosen != field->selector)
      return;
  }
  if (field->flags & ETS_FIELD_ARRAY) {
    int count;
    memcpy(&count, at(data, field->count_offset), sizeof count);
    memcpy(&pointer, place, sizeof pointer);
    for (int i = 0; pointer && i < count; i++)
      add_value(node, field, pointer + (size_t)i * item_size(field));
    return;
  }
  if (is_text(field)) {
    memcpy(&pointer, place, sizeof pointer);
    if (pointer)
      add_value(node, field, place);
    return;
  }
  if (field->flags & ETS_FIELD_POINTER) {
    memcpy(&pointer, place, sizeof pointer);
    if (pointer)
      add_value(node, field, pointer);
    return;
  }
  add_value(node, field, place);
}

struct node *node_from_struct(struct node *parent, const char *name, const struct ets_type *type,
                              const void *data) {
  struct node *node = node_new(parent, name);
  if (!node)
    return NULL;
  const struct ets_type *actual = actual_type(type, &data);
  if (actual != type)
    node->type = strdup(actual->name);
  for (uint32_t i = 0; i < actual->field_count; i++)
    add_field(node, &actual->fields[i], data);
  return node;
}
