#include <etsoap/object.h>

#include "wire/decode.h"
#include "object/object_private.h"
#include "etH.h"
#include "contract/types.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ets_value absent = {.presence = ETS_ABSENT};

const char *ets_object_kind(ets_object object) {
  return object.type ? object.type->name : "";
}

bool ets_object_is(ets_object object, const char *name) {
  const struct ets_type *type = ets_type_find(name, strlen(name));
  return object.type && type && ets_type_is(object.type, type);
}

void *ets_object_as(ets_object object, const char *name) {
  return object.type && strcmp(object.type->name, name) == 0 ? object.data : NULL;
}

ets_object ets_most_derived(const struct ets_type *type, void *data) {
  for (size_t i = 0; (type->flags & ETS_TYPE_HAS_DERIVED) && i < ets_type_count; i++) {
    void *derived;
    if (ets_types[i]->base != type)
      continue;
    memcpy(&derived, (char *)data + ets_types[i]->link, sizeof derived);
    if (derived)
      return ets_most_derived(ets_types[i], derived);
  }
  return (ets_object){type, data, NULL};
}

ets_object ets_object_of(const char *name, void *data) {
  const struct ets_type *type = ets_type_find(name, strlen(name));
  if (!type || !data)
    return (ets_object){0};
  return ets_most_derived(type, data);
}

/* --- one field ------------------------------------------------------------------------------- */

static size_t items(const struct ets_field *field, const void *data) {
  int count = *(const int *)(const void *)((const char *)data + field->count_offset);
  return count > 0 ? (size_t)count : 0;
}

size_t ets_field_item_size(const struct ets_field *field) {
  switch ((enum ets_kind)field->kind) {
  case ETS_KIND_BOOLEAN:
  case ETS_KIND_INT:
  case ETS_KIND_ENUM:
    return sizeof(int);
  case ETS_KIND_BYTE:
    return sizeof(char);
  case ETS_KIND_SHORT:
    return sizeof(short);
  case ETS_KIND_LONG:
    return sizeof(LONG64);
  case ETS_KIND_DOUBLE:
    return sizeof(double);
  case ETS_KIND_BINARY:
    return sizeof(struct xsd__base64Binary);
  case ETS_KIND_STRUCT:
    return field->type->size;
  default:
    return sizeof(char *);
  }
}

size_t ets_field_count(const struct ets_field *field, const void *data) {
  return (field->flags & ETS_FIELD_ARRAY) ? items(field, data) : 1;
}

static ets_value text_value(ets_value_kind kind, const char *text) {
  ets_value value = absent;
  value.kind = kind;
  value.presence = !text ? ETS_ABSENT : text == ets_nil ? ETS_NIL : *text ? ETS_PRESENT : ETS_EMPTY;
  if (value.presence >= ETS_EMPTY)
    value.text = text;
  return value;
}

static ets_value integer_value(ets_value_kind kind, int64_t integer) {
  ets_value value = absent;
  value.kind = kind;
  value.presence = ETS_PRESENT;
  value.integer = integer;
  return value;
}

static ets_value enum_value(const struct ets_enum *enumeration, int code) {
  return code >= 0 && code < enumeration->count
             ? text_value(ETS_VALUE_TEXT, enumeration->values[code])
             : absent;
}

/* The value at `place`, which holds the C type of the field. */
static ets_value read_place(const struct ets_field *field, const void *place) {
  ets_value value = absent;
  switch ((enum ets_kind)field->kind) {
  case ETS_KIND_STRING:
  case ETS_KIND_DATE:
  case ETS_KIND_TIME:
  case ETS_KIND_ANY:
    return text_value(ETS_VALUE_TEXT, *(char *const *)place);
  case ETS_KIND_DATETIME:
    return text_value(ETS_VALUE_DATETIME, *(char *const *)place);
  case ETS_KIND_BOOLEAN:
    return integer_value(ETS_VALUE_BOOLEAN, *(const enum xsd__boolean *)place);
  case ETS_KIND_BYTE:
    return integer_value(ETS_VALUE_INTEGER, *(const char *)place);
  case ETS_KIND_SHORT:
    return integer_value(ETS_VALUE_INTEGER, *(const short *)place);
  case ETS_KIND_INT:
    return integer_value(ETS_VALUE_INTEGER, *(const int *)place);
  case ETS_KIND_LONG:
    return integer_value(ETS_VALUE_INTEGER, *(const LONG64 *)place);
  case ETS_KIND_ENUM:
    return enum_value(field->enumeration, *(const int *)place);
  case ETS_KIND_DOUBLE:
    value.kind = ETS_VALUE_DOUBLE;
    value.presence = ETS_PRESENT;
    value.real = *(const double *)place;
    return value;
  case ETS_KIND_BINARY:
    value.kind = ETS_VALUE_BINARY;
    value.bytes = ((const struct xsd__base64Binary *)place)->__ptr;
    value.size = (size_t)((const struct xsd__base64Binary *)place)->__size;
    value.presence = value.bytes ? ETS_PRESENT : ETS_ABSENT;
    return value;
  case ETS_KIND_STRUCT:
    value.kind = ETS_VALUE_OBJECT;
    value.presence = ETS_PRESENT;
    value.object = ets_most_derived(field->type, (void *)(uintptr_t)place);
    return value;
  }
  return absent;
}

static ets_value nil_value(void) {
  ets_value value = absent;
  value.presence = ETS_NIL;
  return value;
}

ets_value ets_field_read(const struct ets_field *field, const void *data, size_t index) {
  const char *member = (const char *)data + field->offset;
  const char *target;
  if ((field->flags & ETS_FIELD_CHOICE) &&
      *(const int *)(const void *)((const char *)data + field->count_offset) != field->selector)
    return absent;
  if (field->flags & ETS_FIELD_ARRAY) {
    memcpy(&target, member, sizeof target);
    if (target == ets_nil)
      return nil_value();
    return target && index < items(field, data)
               ? read_place(field, target + index * ets_field_item_size(field))
               : absent;
  }
  if (index > 0)
    return absent;
  if (!(field->flags & ETS_FIELD_POINTER) || ets_field_is_text(field))
    return read_place(field, member);
  memcpy(&target, member, sizeof target);
  if (target == ets_nil)
    return nil_value();
  return target ? read_place(field, target) : absent;
}

/* --- paths ----------------------------------------------------------------------------------- */

static ets_value find_pair(const struct et__APIProperty *pairs, int count, const char *name) {
  for (int i = 0; i < count; i++)
    if (pairs[i].Name && strcmp(pairs[i].Name, name) == 0)
      return text_value(ETS_VALUE_TEXT, pairs[i].Value ? pairs[i].Value : ets_nil);
  return absent;
}

/* What the contract does not declare: a column of a data extension row, a PartnerProperty. */
static ets_value read_undeclared(ets_object object, const char *name) {
  ets_value value = absent;
  const struct et__DataExtensionObject *row = ets_object_as(object, "DataExtensionObject");
  if (row && row->Properties)
    value = find_pair(row->Properties->Property, row->Properties->__sizeProperty, name);
  const struct ets_field *field = ets_type_field(object.type, "PartnerProperties", 17);
  if (value.presence == ETS_ABSENT && field) {
    const struct et__APIProperty *pairs;
    memcpy(&pairs, (char *)object.data + field->offset, sizeof pairs);
    value = find_pair(pairs, (int)items(field, object.data), name);
  }
  return value;
}

/* Length of the first step, its index, and where the rest begins. */
static size_t first_step(const char *path, size_t *index, const char **rest) {
  size_t n = strcspn(path, ".[");
  const char *at = path + n;
  *index = 0;
  if (*at == '[') {
    char *end;
    *index = (size_t)strtoul(at + 1, &end, 10);
    at = *end == ']' ? end + 1 : end;
  }
  *rest = *at == '.' ? at + 1 : *at ? at : NULL;
  return n;
}

ets_path ets_path_of(const char *text) {
  return (ets_path){text, NULL, NULL, 0, NULL};
}

ets_value ets_path_get(ets_path *path, ets_object object) {
  if (!object.type || !object.data)
    return absent;
  if (path->type != object.type) {
    size_t n = first_step(path->text, &path->index, &path->rest);
    path->type = object.type;
    path->field = ets_type_field(object.type, path->text, n);
  }
  ets_value value = path->field ? ets_field_read(path->field, object.data, path->index) : absent;
  if (path->field && path->rest)
    value = value.kind == ETS_VALUE_OBJECT ? ets_get(value.object, path->rest) : absent;
  if (value.presence == ETS_ABSENT)
    return read_undeclared(object, path->text);
  return value;
}

ets_value ets_get(ets_object object, const char *path) {
  ets_path prepared = ets_path_of(path);
  return ets_path_get(&prepared, object);
}

const char *ets_get_text(ets_object object, const char *path) {
  return ets_get(object, path).text;
}

int64_t ets_get_integer(ets_object object, const char *path, int64_t otherwise) {
  ets_value value = ets_get(object, path);
  if (value.presence != ETS_PRESENT)
    return otherwise;
  if (value.kind == ETS_VALUE_INTEGER || value.kind == ETS_VALUE_BOOLEAN)
    return value.integer;
  if (value.kind != ETS_VALUE_TEXT)
    return otherwise;
  char *end;
  errno = 0;
  long long integer = strtoll(value.text, &end, 10);
  return end == value.text || *end || errno ? otherwise : integer;
}

size_t ets_value_format(const ets_value *value, char *buffer, size_t size) {
  int n = 0;
  if (value->presence == ETS_PRESENT)
    switch (value->kind) {
    case ETS_VALUE_TEXT:
    case ETS_VALUE_DATETIME:
      n = snprintf(buffer, size, "%s", value->text);
      break;
    case ETS_VALUE_INTEGER:
      n = snprintf(buffer, size, "%" PRId64, value->integer);
      break;
    case ETS_VALUE_BOOLEAN:
      n = snprintf(buffer, size, "%s", value->integer ? "true" : "false");
      break;
    case ETS_VALUE_DOUBLE:
      n = snprintf(buffer, size, "%.15g", value->real);
      if (n > 0 && (size_t)n < size && strtod(buffer, NULL) != value->real)
        n = snprintf(buffer, size, "%.17g", value->real);
      break;
    case ETS_VALUE_OBJECT:
      n = snprintf(buffer, size, "%s", ets_object_kind(value->object));
      break;
    case ETS_VALUE_BINARY:
      n = snprintf(buffer, size, "%zu bytes", value->size);
      break;
    }
  else if (size)
    buffer[0] = '\0';
  return n > 0 ? (size_t)n : 0;
}

/* --- walking --------------------------------------------------------------------------------- */

static int walk_pairs(const struct et__APIProperty *pairs, int count, ets_visitor *visit,
                      void *context) {
  int stop = 0;
  for (int i = 0; i < count && !stop; i++) {
    ets_value value = text_value(ETS_VALUE_TEXT, pairs[i].Value ? pairs[i].Value : ets_nil);
    if (pairs[i].Name)
      stop = visit(context, pairs[i].Name, &value);
  }
  return stop;
}

static int walk_field(const struct ets_field *field, void *data, ets_visitor *visit,
                      void *context) {
  size_t count = ets_field_count(field, data);
  int stop = 0;
  if (strcmp(field->name, "PartnerProperties") == 0) {
    const struct et__APIProperty *pairs;
    memcpy(&pairs, (char *)data + field->offset, sizeof pairs);
    return walk_pairs(pairs, (int)count, visit, context);
  }
  for (size_t i = 0; i < count && !stop; i++) {
    ets_value value = ets_field_read(field, data, i);
    if (value.presence != ETS_ABSENT)
      stop = visit(context, field->name, &value);
  }
  return stop;
}

int ets_object_walk(ets_object object, ets_visitor *visit, void *context) {
  int stop = 0;
  const struct et__DataExtensionObject *row = ets_object_as(object, "DataExtensionObject");
  for (uint32_t i = 0; object.type && i < object.type->field_count && !stop; i++) {
    const struct ets_field *field = &object.type->fields[i];
    if (row && strcmp(field->name, "Properties") == 0)
      stop = row->Properties ? walk_pairs(row->Properties->Property,
                                          row->Properties->__sizeProperty, visit, context)
                             : 0;
    else
      stop = walk_field(field, object.data, visit, context);
  }
  return stop;
}
