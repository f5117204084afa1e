#include "object/object_private.h"

#include "object/notes.h"
#include "object/scalar.h"

#include "etStub.h"

#include <string.h>

_Alignas(16) const char ets_nil[ETS_NIL_SIZE];

static const ets_value absent = {.presence = ETS_ABSENT};

static size_t items(const struct ets_field *field, const void *data) {
  int count = ets_field_counter(field, data);
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
  return (ets_value){.presence = ETS_NIL};
}

ets_value ets_field_read(const struct ets_field *field, const void *data, size_t index) {
  const char *member = (const char *)data + field->offset;
  const char *target;
  if ((field->flags & ETS_FIELD_CHOICE) && ets_field_counter(field, data) != field->selector)
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

/* --- with notes ------------------------------------------------------------------------------ */

/* Whether the struct says nothing about a value: a plain member that nobody set and that is zero,
 * the item of an array that only keeps a place. */
static bool is_blank(ets_object object, const struct ets_field *field, const ets_value *value) {
  static const char zeros[64];
  if (value->presence == ETS_ABSENT)
    return true;
  if (field->flags & ETS_FIELD_ARRAY)
    return true;
  if (!ets_field_is_plain(field))
    return false;
  const char *member = (const char *)object.data + field->offset;
  size_t size = ets_field_item_size(field);
  for (size_t at = 0; at < size; at += sizeof zeros)
    if (memcmp(member + at, zeros, size - at < sizeof zeros ? size - at : sizeof zeros) != 0)
      return false;
  return true;
}

/* Whether the text a value came as still stands for what the struct holds. */
static bool is_current(const struct ets_field *field, const char *text, const ets_value *value) {
  int64_t room = 0;
  if (!ets_scalar_parse(field, text, &room))
    return false;
  ets_value sent = read_place(field, &room);
  return sent.integer == value->integer && !(sent.real < value->real) && !(sent.real > value->real);
}

static void apply_cell(const struct ets_field *field, const struct ets_cell *cell, bool blank,
                       ets_value *value) {
  if (cell->state == ETS_CELL_SENT && value->presence == ETS_PRESENT &&
      is_current(field, cell->text, value))
    value->text = cell->text;
  if (!blank)
    return;
  if (cell->state == ETS_CELL_NIL)
    *value = nil_value();
  else if (cell->state == ETS_CELL_EMPTY)
    *value = text_value(value->kind, "");
  else if (cell->state == ETS_CELL_MISFIT)
    *value = text_value(ETS_VALUE_TEXT, cell->text);
}

ets_value ets_object_read(ets_object object, const struct ets_field *field, size_t index) {
  ets_value value = ets_field_read(field, object.data, index);
  if (object.notes) {
    const struct ets_cell *cell = ets_notes_find(object.notes, field, index);
    bool plain = ets_field_is_plain(field);
    bool blank = (plain || (cell && cell->state)) && is_blank(object, field, &value);
    if (plain && blank && !ets_notes_is_set(object.notes, object.type, field))
      value = absent;
    if (cell && value.kind == ETS_VALUE_OBJECT)
      value.object.notes = cell->notes;
    if (cell)
      apply_cell(field, cell, blank, &value);
  }
  if (field->flags & ETS_FIELD_ARRAY) {
    value.count = items(field, object.data);
    value.index = index;
  }
  return value;
}
