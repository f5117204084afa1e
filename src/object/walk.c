#include <etsoap/object.h>

#include "object/notes.h"
#include "object/object_private.h"
#include "object/pairs.h"

#include <string.h>

/* One object's walk. */
struct walk {
  ets_object object;
  ets_visitor *visit;
  void *context;
};

static size_t count_named(const struct ets_element *element, const char *name) {
  size_t count = 0;
  for (; element; element = element->next)
    count += strcmp(element->name, name) == 0;
  return count;
}

/* Undeclared elements of one name, from `element` on, behind `before` values of a member. */
static int visit_named(const struct walk *walk, const struct ets_element *element, const char *name,
                       size_t before, size_t count) {
  int stop = 0;
  for (size_t index = before; element && !stop; element = element->next) {
    if (strcmp(element->name, name) != 0)
      continue;
    ets_value value = ets_element_value(element);
    value.count = count > 1 ? count : 0;
    value.index = index++;
    stop = walk->visit(walk->context, name, &value);
  }
  return stop;
}

static bool comes_before(const struct ets_element *first, const struct ets_element *element) {
  for (; first != element; first = first->next)
    if (strcmp(first->name, element->name) == 0)
      return true;
  return false;
}

/* A member that came more often than the contract allows is an array of what came. */
static int visit_field(const struct walk *walk, const struct ets_field *field) {
  size_t count = ets_field_count(field, walk->object.data);
  const struct ets_element *elements = ets_object_elements(walk->object);
  size_t more = elements ? count_named(elements, field->name) : 0;
  int stop = 0;
  for (size_t i = 0; i < count && !stop; i++) {
    ets_value value = ets_object_read(walk->object, field, i);
    if (value.presence == ETS_ABSENT)
      continue;
    if (more)
      value.count = count + more;
    stop = walk->visit(walk->context, field->name, &value);
  }
  bool there = more && count && ets_object_read(walk->object, field, 0).presence != ETS_ABSENT;
  size_t before = there ? count : 0;
  return more && !stop ? visit_named(walk, elements, field->name, before, before + more) : stop;
}

static int visit_fields(const struct walk *walk) {
  const struct ets_type *type = walk->object.type;
  bool row = ets_object_is_row(walk->object);
  int stop = 0;
  for (uint32_t i = 0; i < type->field_count && !stop; i++) {
    const struct ets_field *field = &type->fields[i];
    if (strcmp(field->name, "PartnerProperties") == 0)
      stop = ets_partners_walk(walk->object, walk->visit, walk->context);
    else if (row && strcmp(field->name, "Properties") == 0)
      stop = ets_columns_walk(walk->object, walk->visit, walk->context);
    else if (!row || ets_column_read(walk->object, field->name).presence == ETS_ABSENT)
      stop = visit_field(walk, field);
  }
  return stop;
}

/* What the contract does not declare, each name once, with all that have it. */
static int visit_elements(const struct walk *walk) {
  const struct ets_element *first = ets_object_elements(walk->object), *element = first;
  int stop = 0;
  for (; element && !stop; element = element->next) {
    size_t n = strlen(element->name);
    if (!ets_type_field(walk->object.type, element->name, n) && !comes_before(first, element))
      stop = visit_named(walk, element, element->name, 0, count_named(element, element->name));
  }
  return stop;
}

int ets_object_walk(ets_object object, ets_visitor *visit, void *context) {
  struct walk walk = {object, visit, context};
  if (!object.type || !object.data)
    return 0;
  int stop = visit_fields(&walk);
  return stop ? stop : visit_elements(&walk);
}
