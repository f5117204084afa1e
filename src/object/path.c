#include <etsoap/object.h>

#include "object/notes.h"
#include "object/object_private.h"
#include "object/pairs.h"
#include "object/step.h"

#include "contract/types.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const ets_value absent = {.presence = ETS_ABSENT};

const char *ets_object_type(ets_object object) {
  if (object.type != &ets_undeclared)
    return object.type ? object.type->name : "";
  const char *type = ((const struct ets_element *)object.data)->type;
  return type ? type : "";
}

bool ets_object_is(ets_object object, const char *name) {
  const struct ets_type *type = ets_type_find(name, strlen(name));
  return object.type && type && ets_type_is(object.type, type);
}

void *ets_object_as(ets_object object, const char *name) {
  return object.type && object.type != &ets_undeclared && strcmp(object.type->name, name) == 0
             ? object.data
             : NULL;
}

ets_object ets_object_of(const char *name, void *data) {
  const struct ets_type *type = ets_type_find(name, strlen(name));
  if (!type || !data)
    return (ets_object){0};
  return ets_most_derived(type, data);
}

/* --- paths ----------------------------------------------------------------------------------- */

/* Whether an element has the namespace that members have; without one it counts as theirs. */
static bool in_contract(const struct ets_element *element) {
  return !*element->space || strcmp(element->space, ETS_CONTRACT_NAMESPACE) == 0;
}

/* An element that is no member's value, by name and place among those of its name. One of another
 * namespace never stands in for `field`: an OverallStatus of somebody else's is not the service's.
 * `declared` of them are not elements but values of the member. */
static ets_value find_element(ets_object object, const struct ets_field *field,
                              const struct ets_step *step, size_t declared) {
  const struct ets_element *element = ets_object_elements(object), *found = NULL;
  size_t count = declared;
  for (; element; element = element->next) {
    if (strncmp(element->name, step->name, step->length) != 0 || element->name[step->length] ||
        (field && !in_contract(element)))
      continue;
    if (count++ == step->index)
      found = element;
  }
  if (!found)
    return absent;
  ets_value value = ets_element_value(found);
  value.count = count > 1 ? count : 0;
  value.index = step->index;
  return value;
}

/* Of the member `field`, or of what is not declared when that is NULL. */
static ets_value read_step(ets_object object, const struct ets_field *field,
                           const struct ets_step *step) {
  ets_value value = field ? ets_object_read(object, field, step->index) : absent;
  if (value.presence != ETS_ABSENT || !ets_object_elements(object))
    return value;
  size_t declared = field && !(field->flags & ETS_FIELD_ARRAY) &&
                    ets_object_read(object, field, 0).presence != ETS_ABSENT;
  return find_element(object, field, step, declared);
}

/* `last` replaces the index of the last step unless it is SIZE_MAX. */
static ets_value get(ets_object object, const char *path, size_t last);

static ets_value follow(ets_object object, const struct ets_field *field, struct ets_step step,
                        size_t last) {
  if (!step.rest && last != SIZE_MAX)
    step.index = last;
  ets_value value = read_step(object, field, &step);
  if (!step.rest)
    return value;
  return value.kind == ETS_VALUE_OBJECT ? get(value.object, step.rest, last) : absent;
}

static ets_value get(ets_object object, const char *path, size_t last) {
  if (!object.type || !object.data)
    return absent;
  ets_value value = ets_column_read(object, path);
  if (value.presence != ETS_ABSENT)
    return value;
  struct ets_step step;
  if (ets_step_take(&step, path))
    value = follow(object, ets_type_field(object.type, path, step.length), step, last);
  return value.presence == ETS_ABSENT ? ets_partner_read(object, path) : value;
}

ets_path ets_path_of(const char *text) {
  return (ets_path){text, NULL, NULL, 0, NULL, false};
}

ets_value ets_path_get(ets_path *path, ets_object object) {
  if (!object.type || !object.data)
    return absent;
  struct ets_step step = {.name = path->text, .index = path->index, .rest = path->rest};
  bool named = false; /* by the step */
  if (path->type != object.type || object.notes) {
    named = ets_step_take(&step, path->text);
    path->index = step.index;
    path->rest = step.rest;
  }
  if (path->type != object.type) {
    path->type = object.type;
    path->field = named ? ets_type_field(object.type, path->text, step.length) : NULL;
    path->row = ets_object_is_row(object);
  }
  ets_value value = path->row ? ets_column_read(object, path->text) : absent;
  if (value.presence == ETS_ABSENT && (path->field || (object.notes && named)))
    value = follow(object, path->field, step, SIZE_MAX);
  return value.presence == ETS_ABSENT ? ets_partner_read(object, path->text) : value;
}

ets_value ets_get(ets_object object, const char *path) {
  return get(object, path, SIZE_MAX);
}

ets_value ets_get_item(ets_object object, const char *path, size_t index) {
  return index == SIZE_MAX ? absent : get(object, path, index);
}

const char *ets_get_text(ets_object object, const char *path) {
  ets_value value = ets_get(object, path);
  bool text = value.kind == ETS_VALUE_TEXT || value.kind == ETS_VALUE_DATETIME;
  return text ? value.text : NULL;
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
