#include "wire/leaf.h"

#include "etH.h"
#include "object/object_private.h"
#include "object/place.h"
#include "object/scalar.h"
#include "wire/base64.h"
#include "wire/text.h"

#include <string.h>

/* --- notes ----------------------------------------------------------------------------------- */

struct ets_cell *ets_leaf_cell(struct ets_reader *reader, struct ets_frame *owner,
                               const struct ets_field *field) {
  size_t count = ets_field_count(field, owner->object.data);
  struct ets_notes *notes = ets_frame_notes(reader, owner);
  struct ets_cell *cell = notes ? ets_notes_cell(reader->arena, notes, field,
                                                 (field->flags & ETS_FIELD_ARRAY) ? count - 1 : 0)
                                : NULL;
  if (notes && !cell)
    ets_reader_no_memory(reader);
  return cell;
}

void ets_leaf_note(struct ets_reader *reader, struct ets_frame *owner,
                   const struct ets_field *field, enum ets_cell_state state, const char *text) {
  if ((field->flags & ETS_FIELD_ARRAY) &&
      !ets_field_add(reader->arena, field, owner->object.data)) {
    ets_reader_no_memory(reader);
    return;
  }
  struct ets_cell *cell = ets_leaf_cell(reader, owner, field);
  if (cell) {
    cell->state = state;
    cell->text = text;
  }
}

void ets_leaf_note_nil(struct ets_reader *reader, struct ets_frame *owner,
                       const struct ets_field *field) {
  const char *nil = ets_nil;
  bool text = ets_field_is_text(field) || field->kind == ETS_KIND_ANY;
  if (text || ((field->flags & ETS_FIELD_POINTER) && !(field->flags & ETS_FIELD_ARRAY))) {
    void *place = (char *)owner->object.data + field->offset;
    if (text)
      place = ets_field_place(reader->arena, field, owner->object.data);
    else if (field->flags & ETS_FIELD_CHOICE)
      ets_field_set_counter(field, owner->object.data, field->selector);
    if (place)
      memcpy(place, &nil, sizeof nil);
    else
      ets_reader_no_memory(reader);
  } else {
    ets_leaf_note(reader, owner, field, ETS_CELL_NIL, NULL);
  }
}

/* --- values ---------------------------------------------------------------------------------- */

/* Whether a number was written as it would be printed. */
static bool is_usual(const struct ets_field *field, const char *text, const void *place) {
  char usual[64];
  ets_value value = {.presence = ETS_PRESENT, .kind = ETS_VALUE_INTEGER};
  if (field->kind == ETS_KIND_BOOLEAN || field->kind == ETS_KIND_ENUM)
    return true;
  if (field->kind == ETS_KIND_DOUBLE)
    ets_double_format(*(const double *)place, usual, sizeof usual);
  else
    return ets_scalar_integer(field, place, &value.integer) &&
           ets_value_format(&value, usual, sizeof usual) < sizeof usual && strcmp(usual, text) == 0;
  return strcmp(usual, text) == 0;
}

static void store(struct ets_reader *reader, struct ets_frame *owner, const struct ets_field *field,
                  const void *value) {
  void *place = ets_field_place(reader->arena, field, owner->object.data);
  if (!place) {
    ets_reader_no_memory(reader);
    return;
  }
  memcpy(place, value, ets_field_item_size(field));
  ets_notes_set(owner->object.notes, owner->object.type, field);
}

static void end_scalar(struct ets_reader *reader, struct ets_frame *owner,
                       const struct ets_field *field, char *text, size_t n) {
  int64_t value = 0;
  const char *number = text;
  if (ets_is_blank(text, n)) {
    ets_leaf_note(reader, owner, field, ETS_CELL_EMPTY, NULL);
    return;
  }
  if (!ets_scalar_parse(field, text, &value)) {
    ets_leaf_note(reader, owner, field, ETS_CELL_MISFIT, text);
    return;
  }
  n = ets_blank_trim(&number, n);
  text[number - text + (ptrdiff_t)n] = '\0';
  bool usual = is_usual(field, number, &value);
  if (usual)
    reader->arena->next = text;
  store(reader, owner, field, &value);
  struct ets_cell *cell = usual ? NULL : ets_leaf_cell(reader, owner, field);
  if (cell) {
    cell->state = ETS_CELL_SENT;
    cell->text = number;
  }
}

static void end_binary(struct ets_reader *reader, struct ets_frame *owner,
                       const struct ets_field *field, char *text, size_t n) {
  struct xsd__base64Binary binary = {0};
  size_t size;
  if (ets_is_blank(text, n)) {
    ets_leaf_note(reader, owner, field, ETS_CELL_EMPTY, NULL);
    return;
  }
  unsigned char *bytes = ets_arena_alloc(reader->arena, n / 4 * 3 + 3);
  if (!bytes) {
    ets_reader_no_memory(reader);
  } else if (!ets_base64_read(text, n, bytes, &size) || size > INT32_MAX) {
    ets_leaf_note(reader, owner, field, ETS_CELL_MISFIT, text);
  } else {
    binary.__ptr = bytes;
    binary.__size = (int)size;
    store(reader, owner, field, &binary);
  }
}

void ets_leaf_end(struct ets_reader *reader) {
  struct ets_frame *leaf = reader->top, *owner = leaf - 1;
  const struct ets_field *field = leaf->field;
  size_t n;
  if (leaf->nil && ets_text_is_blank(reader)) {
    ets_text_drop(reader);
    ets_leaf_note_nil(reader, owner, field);
    return;
  }
  char *text = ets_text_take(reader, &n);
  if (!text)
    return;
  if (!ets_field_is_text(field)) {
    (field->kind == ETS_KIND_BINARY ? end_binary : end_scalar)(reader, owner, field, text, n);
  } else if (field->flags & (ETS_FIELD_ARRAY | ETS_FIELD_CHOICE)) {
    store(reader, owner, field, &text);
  } else {
    memcpy((char *)owner->object.data + field->offset, &text, sizeof text);
  }
}
