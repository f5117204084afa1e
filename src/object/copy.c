#include "object/copy.h"

#include "object/notes.h"
#include "object/object_private.h"
#include "object/place.h"
#include "object/scalar.h"

#include "etStub.h"

#include <string.h>

static bool copy_object(struct ets_arena *arena, ets_object from, ets_object *to);

static const char *copy_text(struct ets_arena *arena, const char *text) {
  return ets_arena_text(arena, text, strlen(text));
}

/* --- undeclared elements --------------------------------------------------------------------- */

static bool copy_attributes(struct ets_arena *arena, const struct ets_element *from,
                            struct ets_element *to) {
  struct ets_attribute **end = &to->attributes;
  for (const struct ets_attribute *at = from->attributes; at; at = at->next) {
    struct ets_attribute *copy = ets_arena_zalloc(arena, sizeof *copy);
    if (!copy || !(copy->name = copy_text(arena, at->name)) ||
        !(copy->space = copy_text(arena, at->space)) ||
        !(copy->value = copy_text(arena, at->value)))
      return false;
    *end = copy;
    end = &copy->next;
  }
  return true;
}

static bool copy_element(struct ets_arena *arena, const struct ets_element *from,
                         struct ets_element *to) {
  to->nil = from->nil;
  if ((from->text && !(to->text = copy_text(arena, from->text))) ||
      (from->type && !(to->type = copy_text(arena, from->type))))
    return false;
  return copy_attributes(arena, from, to);
}

/* Elements nest as deep as answers do, which is bounded. */
static bool copy_elements(struct ets_arena *arena, const struct ets_element *from,
                          struct ets_element **first, struct ets_element **last) {
  for (; from; from = from->next) {
    const char *name = copy_text(arena, from->name), *space = copy_text(arena, from->space);
    struct ets_element *to =
        name && space ? ets_element_add(arena, first, last, name, space) : NULL;
    if (!to || !copy_element(arena, from, to) ||
        !copy_elements(arena, from->first, &to->first, &to->last))
      return false;
  }
  return true;
}

static bool copy_undeclared(struct ets_arena *arena, ets_object from, ets_object *to) {
  const struct ets_element *element = from.data;
  struct ets_element *copy = ets_arena_zalloc(arena, sizeof *copy);
  *to = (ets_object){&ets_undeclared, copy, NULL};
  return copy && (copy->name = copy_text(arena, element->name)) &&
         (copy->space = copy_text(arena, element->space)) && copy_element(arena, element, copy) &&
         copy_elements(arena, element->first, &copy->first, &copy->last);
}

/* --- members --------------------------------------------------------------------------------- */

static bool copy_nested(struct ets_arena *arena, const struct ets_field *field, ets_object from,
                        void *place, struct ets_cell *cell) {
  ets_object to = {from.type, ets_link_derived(arena, field->type, from.type, place), NULL};
  if (from.notes && !(to.notes = ets_notes_new(arena, from.type)))
    return false;
  if (cell)
    cell->notes = to.notes;
  return to.data && copy_object(arena, from, &to);
}

static bool copy_binary(struct ets_arena *arena, const ets_value *value,
                        struct xsd__base64Binary *binary) {
  binary->__size = (int)value->size;
  binary->__ptr = ets_arena_alloc(arena, value->size + 1);
  if (binary->__ptr && value->size)
    memcpy(binary->__ptr, value->bytes, value->size);
  return binary->__ptr;
}

/* The item at an index of an array, as its bytes are; NULL: behind a pointer that is not set. */
static const void *bytes_of(const struct ets_field *field, const void *data, size_t index) {
  const char *member = (const char *)data + field->offset;
  if ((field->flags & ETS_FIELD_ARRAY) ||
      ((field->flags & ETS_FIELD_POINTER) && !ets_field_is_text(field))) {
    memcpy(&member, member, sizeof(const char *));
    member += index * ets_field_item_size(field);
  }
  return member;
}

/* A value that the struct itself holds. */
static bool copy_value(struct ets_arena *arena, const struct ets_field *field, ets_object from,
                       size_t index, void *to, struct ets_cell *cell) {
  ets_value value = ets_field_read(field, from.data, index);
  void *place = ets_field_place(arena, field, to);
  if (!place)
    return false;
  if (value.presence == ETS_ABSENT) /* an item that only keeps its place */
    return true;
  if (ets_field_is_text(field) || field->kind == ETS_KIND_ANY) {
    const char *text = value.text ? copy_text(arena, value.text) : ets_nil;
    memcpy(place, &text, sizeof text);
    return text;
  }
  if (field->kind == ETS_KIND_BINARY)
    return copy_binary(arena, &value, place);
  if (field->kind == ETS_KIND_STRUCT) {
    const struct ets_cell *old = ets_notes_find(from.notes, field, index);
    value.object.notes = old ? old->notes : NULL;
    return copy_nested(arena, field, value.object, place, cell);
  }
  memcpy(place, bytes_of(field, from.data, index), ets_field_item_size(field));
  return true;
}

static bool copy_cell(struct ets_arena *arena, const struct ets_cell *from, struct ets_cell *to) {
  to->state = from->state;
  return !from->text || (to->text = copy_text(arena, from->text));
}

static bool copy_field(struct ets_arena *arena, const struct ets_field *field, ets_object from,
                       ets_object *to) {
  size_t count = ets_field_count(field, from.data);
  const char *nil = ets_nil;
  if (count == 0 && ets_field_read(field, from.data, 0).presence == ETS_NIL)
    memcpy((char *)to->data + field->offset, &nil, sizeof nil);
  for (size_t i = 0; i < count; i++) {
    const struct ets_cell *old = ets_notes_find(from.notes, field, i);
    struct ets_cell *cell = old ? ets_notes_cell(arena, to->notes, field, i) : NULL;
    if (old && (!cell || !copy_cell(arena, old, cell)))
      return false;
    ets_value value = ets_field_read(field, from.data, i);
    bool pointer = (field->flags & ETS_FIELD_POINTER) && !ets_field_is_text(field);
    if (value.presence == ETS_NIL && pointer && !(field->flags & ETS_FIELD_ARRAY))
      memcpy((char *)to->data + field->offset, &nil, sizeof nil);
    else if ((value.presence != ETS_ABSENT || (field->flags & ETS_FIELD_ARRAY)) &&
             !copy_value(arena, field, from, i, to->data, cell))
      return false;
  }
  return true;
}

static bool copy_notes(struct ets_arena *arena, ets_object from, struct ets_notes *to) {
  if (!from.notes || !from.notes->present)
    to->present = NULL;
  if (!from.notes)
    return true;
  if (to->present)
    memcpy(to->present, from.notes->present, (from.type->field_count + 7) / 8);
  if (from.notes->sent_type && (!(to->sent_type = copy_text(arena, from.notes->sent_type)) ||
                                !(to->sent_space = copy_text(arena, from.notes->sent_space))))
    return false;
  return copy_elements(arena, from.notes->elements, &to->elements, &to->last);
}

static bool copy_object(struct ets_arena *arena, ets_object from, ets_object *to) {
  if (to->notes && !copy_notes(arena, from, to->notes))
    return false;
  for (uint32_t i = 0; i < from.type->field_count; i++)
    if (!copy_field(arena, &from.type->fields[i], from, to))
      return false;
  return true;
}

/* The copy has notes though the original has none: what is set in it later may need them. */
ets_object ets_object_copy_into(struct ets_arena *arena, ets_object object) {
  ets_object copy = {object.type, NULL, NULL};
  if (object.type == &ets_undeclared)
    return copy_undeclared(arena, object, &copy) ? copy : (ets_object){0};
  copy.data = ets_arena_zalloc(arena, object.type->size);
  copy.notes = ets_notes_new(arena, object.type);
  if (!copy.data || !copy.notes || !copy_object(arena, object, &copy))
    return (ets_object){0};
  return copy;
}
