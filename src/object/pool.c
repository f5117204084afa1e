#include <etsoap/pool.h>

#include "base/text.h"
#include "object/copy.h"
#include "object/notes.h"
#include "object/object_private.h"
#include "object/place.h"
#include "object/pool_private.h"
#include "object/scalar.h"
#include "object/step.h"
#include "contract/names.h"

#include "etStub.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ets_pool *ets_pool_new(void) {
  return calloc(1, sizeof(ets_pool));
}

void ets_pool_free(ets_pool *pool) {
  if (pool)
    ets_arena_free(&pool->arena);
  free(pool);
}

ets_status ets_pool_status(const ets_pool *pool) {
  return pool ? pool->error.status : ETS_E_NOMEM;
}

const ets_error *ets_pool_error(const ets_pool *pool) {
  static const ets_error no_pool = {.status = ETS_E_NOMEM, .message = "out of memory"};
  return pool ? &pool->error : &no_pool;
}

static void no_memory(ets_pool *pool) {
  ets_error_set(&pool->error, ETS_E_NOMEM, "out of memory");
}

/* What is set in no object is an error of the pool, like what does not fit. */
static bool is_usable(ets_pool *pool, ets_object object) {
  if (!pool || pool->error.status != ETS_OK)
    return false;
  if (!object.type || !object.data)
    ets_error_set(&pool->error, ETS_E_USAGE, "there is no object to set anything in");
  return object.type && object.data;
}

ets_object ets_object_new(ets_pool *pool, const char *name) {
  ets_object none = {0};
  if (ets_pool_status(pool) != ETS_OK)
    return none;
  const struct ets_type *type = ets_type_find(name, strlen(name));
  char hint[160];
  if (!type) {
    ets_error_set(&pool->error, ETS_E_USAGE, "the contract has no type %s%s", name,
                  ets_suggest_type(hint, sizeof hint, name));
    return none;
  }
  if (type->flags & ETS_TYPE_ABSTRACT) {
    ets_error_set(&pool->error, ETS_E_USAGE, "%s is abstract: take a type derived from it", name);
    return none;
  }
  ets_object object = {type, ets_arena_zalloc(&pool->arena, type->size),
                       ets_notes_new(&pool->arena, type)};
  if (!object.data || !object.notes) {
    no_memory(pool);
    return none;
  }
  return object;
}

/* --- the way to a property ------------------------------------------------------------------- */

static void no_property(ets_pool *pool, const struct ets_type *type, const struct ets_step *step) {
  char name[96], hint[160];
  snprintf(name, sizeof name, "%.*s", (int)step->length, step->name);
  ets_error_set(&pool->error, ETS_E_USAGE, "%s has no property %s%s", type->name, name,
                ets_suggest_field(hint, sizeof hint, type, name));
}

/* The item of an array at an index, a new one when the index is just behind the last. */
static void *item_at(ets_pool *pool, const struct ets_field *field, void *data,
                     const struct ets_step *step) {
  size_t count = ets_field_count(field, data);
  size_t index = step->indexed ? step->index : step->rest ? 0 : count;
  char *items;
  memcpy(&items, (char *)data + field->offset, sizeof items);
  if (items && items != ets_nil && index < count)
    return items + index * ets_field_item_size(field);
  if (index > count) {
    ets_error_set(&pool->error, ETS_E_USAGE, "%s[%zu]: there are %zu so far, so %zu is next",
                  field->name, index, count, count);
    return NULL;
  }
  void *item = ets_field_add(&pool->arena, field, data);
  if (!item)
    no_memory(pool);
  return item;
}

/* Where the step's value is or will be. */
static void *place_at(ets_pool *pool, const struct ets_field *field, void *data,
                      const struct ets_step *step) {
  if (field->flags & ETS_FIELD_ARRAY)
    return item_at(pool, field, data, step);
  if (step->indexed) {
    ets_error_set(&pool->error, ETS_E_USAGE, "%s is no array: leave the index away", field->name);
    return NULL;
  }
  void *there;
  memcpy(&there, (char *)data + field->offset, sizeof there);
  bool pointer = (field->flags & ETS_FIELD_POINTER) && !ets_field_is_text(field);
  if (pointer && there && there != (const void *)ets_nil)
    return there;
  void *place = ets_field_place(&pool->arena, field, data);
  if (!place)
    no_memory(pool);
  return place;
}

/* The place of the step's value in an array. */
static size_t index_of(const struct ets_field *field, const void *data,
                       const struct ets_step *step) {
  if (!(field->flags & ETS_FIELD_ARRAY))
    return 0;
  return step->indexed ? step->index : step->rest ? 0 : ets_field_count(field, data);
}

/* That a value is set: nothing else is noted about it any more. Returns its cell, NULL when the
 * object has no notes or memory ran out. */
static struct ets_cell *note_set(ets_pool *pool, ets_object object, const struct ets_field *field,
                                 size_t index, bool wanted) {
  ets_notes_set(object.notes, object.type, field);
  struct ets_cell *cell = ets_notes_find(object.notes, field, index);
  if (!cell && wanted && object.notes) {
    cell = ets_notes_cell(&pool->arena, object.notes, field, index);
    if (!cell)
      no_memory(pool);
  }
  if (cell)
    cell->state = ETS_CELL_NONE;
  return cell;
}

/* The object that a step leads to, made when it is missing. */
static ets_object object_at(ets_pool *pool, ets_object object, const struct ets_field *field,
                            const struct ets_step *step) {
  size_t index = index_of(field, object.data, step);
  bool there = ets_object_read(object, field, index).kind == ETS_VALUE_OBJECT;
  void *place = place_at(pool, field, object.data, step);
  if (!place)
    return (ets_object){0};
  ets_object found = ets_most_derived(field->type, place);
  struct ets_cell *cell = note_set(pool, object, field, index, true);
  if (cell && (!there || !cell->notes)) {
    cell->notes = ets_notes_new(&pool->arena, found.type);
    if (!cell->notes)
      no_memory(pool);
    else if (there)
      cell->notes->present = NULL; /* a struct of the user's own */
  }
  found.notes = cell ? cell->notes : NULL;
  return pool->error.status == ETS_OK ? found : (ets_object){0};
}

struct target {
  ets_object object;             /* holds the property */
  const struct ets_field *field; /* NULL: not declared */
  struct ets_step step;
};

/* Walks to the object that holds the last step, making what is missing. */
static bool walk(ets_pool *pool, ets_object object, const char *path, struct target *target) {
  for (;;) {
    struct ets_step *step = &target->step;
    if (!ets_step_take(step, path)) {
      ets_error_set(&pool->error, ETS_E_USAGE,
                    "path %s: expected names with dots and indexes, Fields.Field[0].Name", path);
      return false;
    }
    target->object = object;
    target->field = ets_type_field(object.type, step->name, step->length);
    if (!step->rest || !target->field)
      return true;
    if (target->field->kind != ETS_KIND_STRUCT) {
      ets_error_set(&pool->error, ETS_E_USAGE, "%s.%s is a value, it has no %s", object.type->name,
                    target->field->name, step->rest);
      return false;
    }
    object = object_at(pool, object, target->field, step);
    if (!object.data)
      return false;
    path = step->rest;
  }
}

/* --- setting --------------------------------------------------------------------------------- */

/* Whether XML can carry a text, which is the name of a property or its value. */
static bool check_text(ets_pool *pool, ets_object object, const char *what, const char *name,
                       const char *text) {
  size_t valid = ets_text_valid(text);
  if (!text[valid])
    return true;
  ets_error_set(&pool->error, ETS_E_USAGE,
                "%s.%.*s: the %s holds 0x%02X at byte %zu, which is not UTF-8 or not a character "
                "that XML can carry",
                object.type->name, (int)ets_text_valid(name), name, what,
                (unsigned)(unsigned char)text[valid], valid + 1);
  return false;
}

static char *copy_text(ets_pool *pool, const char *text) {
  char *copy = ets_arena_text(&pool->arena, text, strlen(text));
  if (!copy)
    no_memory(pool);
  return copy;
}

/* A column of a data extension row: a name and value of its own. */
static void set_column(ets_pool *pool, struct et__DataExtensionObject *row, const char *name,
                       const char *value) {
  const struct ets_type *type = ets_type_find(ETS_NAME("DataExtensionObject"));
  const struct ets_field *properties = ets_type_field(type, ETS_NAME("Properties"));
  bool none = !row->Properties || (const void *)row->Properties == (const void *)ets_nil;
  if (none && !ets_field_place(&pool->arena, properties, row)) {
    no_memory(pool);
    return;
  }
  for (int i = 0; i < row->Properties->__sizeProperty; i++)
    if (row->Properties->Property[i].Name && strcmp(row->Properties->Property[i].Name, name) == 0) {
      row->Properties->Property[i].Value = copy_text(pool, value);
      return;
    }
  const struct ets_field *property = ets_type_field(properties->type, ETS_NAME("Property"));
  struct et__APIProperty *pair = ets_field_add(&pool->arena, property, row->Properties);
  if (!pair) {
    no_memory(pool);
    return;
  }
  pair->Name = copy_text(pool, name);
  pair->Value = copy_text(pool, value);
}

static void bad_value(ets_pool *pool, const struct target *target, const char *value) {
  const struct ets_field *field = target->field;
  char hint[160] = "";
  const char *expected = field->kind == ETS_KIND_BOOLEAN  ? "true or false"
                         : field->kind == ETS_KIND_ENUM   ? "one of the contract's values"
                         : field->kind == ETS_KIND_STRUCT ? "an object, or a path to its members"
                         : field->kind == ETS_KIND_DOUBLE ? "a number"
                                                          : "a whole number that fits";
  if (field->kind == ETS_KIND_ENUM)
    ets_suggest_enum(hint, sizeof hint, field->enumeration, value);
  ets_error_set(&pool->error, ETS_E_USAGE, "%s.%s: %.80s is no value; expected %s%s",
                target->object.type->name, field->name, value, expected, hint);
}

static void set_field(ets_pool *pool, const struct target *target, const char *value) {
  const struct ets_field *field = target->field;
  int64_t room;
  bool text = ets_field_is_text(field) || field->kind == ETS_KIND_ANY;
  if (!text && !ets_scalar_parse(field, value, &room)) {
    bad_value(pool, target, value);
    return;
  }
  size_t index = index_of(field, target->object.data, &target->step);
  void *place = place_at(pool, field, target->object.data, &target->step);
  if (!place)
    return;
  note_set(pool, target->object, field, index, false);
  if (text)
    *(char **)place = copy_text(pool, value);
  else
    memcpy(place, &room, ets_field_item_size(field));
}

void ets_set(ets_pool *pool, ets_object object, const char *path, const char *value) {
  struct target target;
  if (!is_usable(pool, object) || !check_text(pool, object, "name", path, path) ||
      !check_text(pool, object, "value", path, value))
    return;
  struct et__DataExtensionObject *row = ets_object_as(object, "DataExtensionObject");
  if (row && !ets_type_field(object.type, path, strcspn(path, ".["))) {
    set_column(pool, row, path, value);
    return;
  }
  if (!walk(pool, object, path, &target))
    return;
  if (target.field)
    set_field(pool, &target, value);
  else
    no_property(pool, target.object.type, &target.step);
}

void ets_set_integer(ets_pool *pool, ets_object object, const char *path, int64_t value) {
  char text[32];
  snprintf(text, sizeof text, "%" PRId64, value);
  ets_set(pool, object, path, text);
}

void ets_set_boolean(ets_pool *pool, ets_object object, const char *path, bool value) {
  ets_set(pool, object, path, value ? "true" : "false");
}

void ets_set_nil(ets_pool *pool, ets_object object, const char *path) {
  struct target target;
  const char *nil = ets_nil;
  if (!is_usable(pool, object) || !walk(pool, object, path, &target))
    return;
  const struct ets_field *field = target.field;
  if (!field)
    no_property(pool, target.object.type, &target.step);
  else if (!(field->flags & ETS_FIELD_NILLABLE) || (field->flags & ETS_FIELD_ARRAY) ||
           !(ets_field_is_text(field) || (field->flags & ETS_FIELD_POINTER)))
    ets_error_set(&pool->error, ETS_E_USAGE, "%s.%s cannot be nil", target.object.type->name,
                  field->name);
  else
    memcpy((char *)target.object.data + field->offset, &nil, sizeof nil);
}

/* Links an existing struct under a slot of its declared type: the shells between are new, the
 * last link points to the struct itself. */
static bool link_existing(ets_pool *pool, const struct ets_type *declared, ets_object value,
                          void *slot) {
  if (value.type == declared) {
    memcpy(slot, value.data, declared->size);
    return true;
  }
  char *shell = ets_link_derived(&pool->arena, declared, value.type->base, slot);
  if (!shell) {
    no_memory(pool);
    return false;
  }
  memcpy(shell + value.type->link, &value.data, sizeof value.data);
  return true;
}

/* The notes of an object go where it goes. A struct that was copied has a copy of them, since what
 * is set in one is not set in the other from now on. */
static void link_notes(ets_pool *pool, const struct target *target, size_t index,
                       ets_object value) {
  struct ets_cell *cell = note_set(pool, target->object, target->field, index, value.notes != NULL);
  if (!cell || !value.notes)
    return;
  cell->notes = value.notes;
  if (value.type == target->field->type &&
      !(cell->notes = ets_notes_fork(&pool->arena, value.notes, value.type)))
    no_memory(pool);
}

void ets_set_object(ets_pool *pool, ets_object object, const char *path, ets_object value) {
  struct target target;
  if (!is_usable(pool, object) || !walk(pool, object, path, &target))
    return;
  const struct ets_field *field = target.field;
  if (!field) {
    no_property(pool, target.object.type, &target.step);
    return;
  }
  if (field->kind != ETS_KIND_STRUCT || !value.type || !ets_type_is(value.type, field->type)) {
    ets_error_set(&pool->error, ETS_E_USAGE, "%s.%s takes %s, not %s", target.object.type->name,
                  field->name, field->type ? field->type->name : "a value",
                  value.type ? value.type->name : "nothing");
    return;
  }
  size_t index = index_of(field, target.object.data, &target.step);
  void *place = place_at(pool, field, target.object.data, &target.step);
  if (place && link_existing(pool, field->type, value, place))
    link_notes(pool, &target, index, value);
}

ets_object ets_object_copy(ets_pool *pool, ets_object object) {
  ets_object copy = {0};
  if (ets_pool_status(pool) == ETS_OK && object.type && object.data) {
    copy = ets_object_copy_into(&pool->arena, object);
    if (!copy.data)
      no_memory(pool);
  }
  return copy;
}
