#include "object/notes.h"

#include "object/object_private.h"

#include <string.h>

const struct ets_type ets_undeclared = {.name = ""};

bool ets_field_is_plain(const struct ets_field *field) {
  return !ets_field_is_text(field) && field->kind != ETS_KIND_ANY &&
         !(field->flags & (ETS_FIELD_POINTER | ETS_FIELD_ARRAY | ETS_FIELD_CHOICE));
}

static bool has_plain(const struct ets_type *type) {
  for (uint32_t i = 0; i < type->field_count; i++)
    if (ets_field_is_plain(&type->fields[i]))
      return true;
  return false;
}

struct ets_notes *ets_notes_new(struct ets_arena *arena, const struct ets_type *type) {
  struct ets_notes *notes = ets_arena_zalloc(arena, sizeof *notes);
  if (notes && has_plain(type) &&
      !(notes->present = ets_arena_zalloc(arena, (type->field_count + 7) / 8)))
    return NULL;
  return notes;
}

bool ets_notes_is_set(const struct ets_notes *notes, const struct ets_type *type,
                      const struct ets_field *field) {
  size_t at = (size_t)(field - type->fields);
  return !notes || !notes->present || (notes->present[at / 8] >> (at % 8) & 1);
}

void ets_notes_set(struct ets_notes *notes, const struct ets_type *type,
                   const struct ets_field *field) {
  size_t at = (size_t)(field - type->fields);
  if (notes && notes->present)
    notes->present[at / 8] |= (unsigned char)(1u << (at % 8));
}

static struct ets_note *find_note(const struct ets_notes *notes, const struct ets_field *field) {
  struct ets_note *note = notes ? notes->first : NULL;
  while (note && note->field != field)
    note = note->next;
  return note;
}

struct ets_cell *ets_notes_find(const struct ets_notes *notes, const struct ets_field *field,
                                size_t index) {
  struct ets_note *note = find_note(notes, field);
  return note && index < note->count ? &note->cells[index] : NULL;
}

struct ets_cell *ets_notes_cell(struct ets_arena *arena, struct ets_notes *notes,
                                const struct ets_field *field, size_t index) {
  struct ets_note *note = find_note(notes, field);
  if (!note) {
    note = ets_arena_zalloc(arena, sizeof *note);
    if (!note)
      return NULL;
    note->field = field;
    note->next = notes->first;
    notes->first = note;
  }
  if (index >= note->count) {
    size_t room = index ? 2 * (index + 1) : 1;
    struct ets_cell *cells = ets_arena_zalloc(arena, room * sizeof *cells);
    if (!cells)
      return NULL;
    if (note->count)
      memcpy(cells, note->cells, note->count * sizeof *cells);
    note->cells = cells;
    note->count = room;
  }
  return &note->cells[index];
}

struct ets_notes *ets_notes_fork(struct ets_arena *arena, const struct ets_notes *notes,
                                 const struct ets_type *type) {
  struct ets_notes *fork = ets_notes_new(arena, type);
  if (!fork)
    return NULL;
  unsigned char *present = fork->present;
  *fork = *notes;
  fork->first = NULL;
  fork->present = notes->present ? present : NULL;
  if (notes->present)
    memcpy(present, notes->present, (type->field_count + 7) / 8);
  for (const struct ets_note *note = notes->first; note; note = note->next)
    for (size_t i = 0; i < note->count; i++) {
      struct ets_cell *cell = ets_notes_cell(arena, fork, note->field, i);
      if (!cell)
        return NULL;
      *cell = note->cells[i];
    }
  return fork;
}

struct ets_element *ets_element_add(struct ets_arena *arena, struct ets_element **first,
                                    struct ets_element **last, const char *name,
                                    const char *space) {
  struct ets_element *element = ets_arena_zalloc(arena, sizeof *element);
  if (!element)
    return NULL;
  element->name = name;
  element->space = space;
  if (*last)
    (*last)->next = element;
  else
    *first = element;
  return *last = element;
}

struct ets_element *ets_object_elements(ets_object object) {
  if (object.type == &ets_undeclared)
    return ((struct ets_element *)object.data)->first;
  return object.notes ? object.notes->elements : NULL;
}

ets_value ets_element_value(const struct ets_element *element) {
  ets_value value = {.kind = ETS_VALUE_TEXT};
  if (element->nil) {
    value.presence = ETS_NIL;
  } else if (element->first) {
    value.presence = ETS_PRESENT;
    value.kind = ETS_VALUE_OBJECT;
    value.object = (ets_object){&ets_undeclared, (void *)(uintptr_t)element, NULL};
  } else {
    value.text = element->text ? element->text : "";
    value.presence = *value.text ? ETS_PRESENT : ETS_EMPTY;
  }
  return value;
}
