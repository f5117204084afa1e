#include <etsoap/pool.h>

#include "wire/decode.h"
#include "object/object_private.h"
#include "object/place.h"
#include "object/pool_private.h"
#include "object/scalar.h"
#include "contract/names.h"

#include "etH.h"

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
  return pool ? &pool->error : NULL;
}

static void no_memory(ets_pool *pool) {
  ets_error_set(&pool->error, ETS_E_NOMEM, "out of memory");
}

static bool is_usable(const ets_pool *pool, ets_object object) {
  return pool && pool->error.status == ETS_OK && object.type && object.data;
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
  ets_object object = {type, ets_arena_zalloc(&pool->arena, type->size), NULL};
  if (!object.data) {
    no_memory(pool);
    return none;
  }
  return object;
}

/* --- the way to a property ------------------------------------------------------------------- */

/* One step of a path, taken apart: name, [index] or none. */
struct step {
  const char *name;
  size_t length;
  bool indexed;
  size_t index;
  const char *rest; /* behind the dot, NULL: this was the last */
};

static bool take_step(struct step *step, const char *path) {
  step->name = path;
  step->length = strcspn(path, ".[");
  const char *at = path + step->length;
  step->indexed = *at == '[';
  step->index = 0;
  if (step->indexed) {
    char *end;
    step->index = (size_t)strtoul(at + 1, &end, 10);
    if (end == at + 1 || *end != ']')
      return false;
    at = end + 1;
  }
  step->rest = *at == '.' ? at + 1 : NULL;
  return step->length > 0 && (*at == '\0' || (*at == '.' && at[1]));
}

static void no_property(ets_pool *pool, const struct ets_type *type, const struct step *step) {
  char name[96], hint[160];
  snprintf(name, sizeof name, "%.*s", (int)step->length, step->name);
  ets_error_set(&pool->error, ETS_E_USAGE, "%s has no property %s%s", type->name, name,
                ets_suggest_field(hint, sizeof hint, type, name));
}

/* The item of an array at an index, a new one when the index is just behind the last. */
static void *item_at(ets_pool *pool, const struct ets_field *field, void *data,
                     const struct step *step) {
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
                      const struct step *step) {
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

struct target {
  ets_object object;             /* holds the property */
  const struct ets_field *field; /* NULL: not declared */
  struct step step;
};

/* Walks to the object that holds the last step, making what is missing. */
static bool walk(ets_pool *pool, ets_object object, const char *path, struct target *target) {
  for (;;) {
    struct step *step = &target->step;
    if (!take_step(step, path)) {
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
    void *place = place_at(pool, target->field, object.data, step);
    if (!place)
      return false;
    object = ets_most_derived(target->field->type, place);
    path = step->rest;
  }
}

/* --- setting --------------------------------------------------------------------------------- */

static char *copy_text(ets_pool *pool, const char *text) {
  char *copy = ets_arena_text(&pool->arena, text, strlen(text));
  if (!copy)
    no_memory(pool);
  return copy;
}

/* A column of a data extension row: a name and value of its own. */
static void set_column(ets_pool *pool, struct et__DataExtensionObject *row, const char *name,
                       const char *value) {
  const struct ets_type *type = ets_type_find("DataExtensionObject", 19);
  const struct ets_field *properties = ets_type_field(type, "Properties", 10);
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
  const struct ets_field *property = ets_type_field(properties->type, "Property", 8);
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
  void *place = place_at(pool, field, target->object.data, &target->step);
  if (!place)
    return;
  if (text)
    *(char **)place = copy_text(pool, value);
  else
    memcpy(place, &room, ets_field_item_size(field));
}

void ets_set(ets_pool *pool, ets_object object, const char *path, const char *value) {
  struct target target;
  if (!is_usable(pool, object))
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
  void *place = place_at(pool, field, target.object.data, &target.step);
  if (place)
    link_existing(pool, field->type, value, place);
}

/* --- copying --------------------------------------------------------------------------------- */

static bool copy_members(ets_pool *pool, const struct ets_type *type, const void *from, void *to);

static bool copy_value(ets_pool *pool, const struct ets_field *field, const ets_value *value,
                       void *to) {
  void *place = ets_field_place(&pool->arena, field, to);
  if (!place)
    return false;
  if (ets_field_is_text(field) || field->kind == ETS_KIND_ANY)
    return (*(char **)place = ets_arena_text(&pool->arena, value->text, strlen(value->text))) !=
           NULL;
  if (field->kind == ETS_KIND_BINARY) {
    struct xsd__base64Binary *binary = place;
    binary->__size = (int)value->size;
    binary->__ptr = ets_arena_alloc(&pool->arena, value->size + 1);
    return binary->__ptr && memcpy(binary->__ptr, value->bytes, value->size);
  }
  if (field->kind == ETS_KIND_STRUCT) {
    void *slot = ets_link_derived(&pool->arena, field->type, value->object.type, place);
    return slot && copy_members(pool, value->object.type, value->object.data, slot);
  }
  char text[64];
  if (field->kind == ETS_KIND_ENUM)
    return ets_scalar_parse(field, value->text, place);
  ets_value_format(value, text, sizeof text);
  return ets_scalar_parse(field, text, place);
}

static bool copy_members(ets_pool *pool, const struct ets_type *type, const void *from, void *to) {
  const char *nil = ets_nil;
  for (uint32_t i = 0; i < type->field_count; i++) {
    const struct ets_field *field = &type->fields[i];
    size_t count = ets_field_count(field, from);
    for (size_t n = 0; n < (count ? count : 1); n++) {
      ets_value value = ets_field_read(field, from, n);
      if (value.presence == ETS_NIL)
        memcpy((char *)to + field->offset, &nil, sizeof nil);
      else if (value.presence != ETS_ABSENT && !copy_value(pool, field, &value, to))
        return false;
    }
  }
  return true;
}

ets_object ets_object_copy(ets_pool *pool, ets_object object) {
  ets_object copy = {0};
  if (!is_usable(pool, object))
    return copy;
  void *data = ets_arena_zalloc(&pool->arena, object.type->size);
  if (!data || !copy_members(pool, object.type, object.data, data)) {
    no_memory(pool);
    return copy;
  }
  return (ets_object){object.type, data, NULL};
}
