/* From generated structs to trees, by the library's reading of members. */
#include <string.h>

#include "ground/date.h"
#include "ground/node.h"
#include "object/object_private.h"

static struct node *add_object(struct node *parent, const char *name,
                               const struct ets_type *declared, ets_object object);

static void add_value(struct node *parent, const struct ets_field *field, const ets_value *value) {
  char number[40];
  if (value->presence == ETS_PRESENT && value->kind == ETS_VALUE_OBJECT) {
    (void)add_object(parent, field->name, field->type, value->object);
    return;
  }
  if (value->presence == ETS_PRESENT && value->kind == ETS_VALUE_BINARY)
    return;
  struct node *node = node_new(parent, field->name);
  if (!node)
    return;
  const char *text = value->text;
  if (!text) {
    ets_value_format(value, number, sizeof number);
    text = number;
  }
  (void)node_set_text(node, text);
}

/* An item of an array counts though it is empty, so that those behind it keep their places. */
static void add_field(struct node *node, const struct ets_field *field, const void *data) {
  size_t count = ets_field_count(field, data);
  for (size_t i = 0; i < count; i++) {
    ets_value value = ets_field_read(field, data, i);
    if (value.presence != ETS_ABSENT || (field->flags & ETS_FIELD_ARRAY))
      add_value(node, field, &value);
  }
}

static struct node *add_object(struct node *parent, const char *name,
                               const struct ets_type *declared, ets_object object) {
  struct node *node = node_new(parent, name);
  if (!node)
    return NULL;
  if (object.type != declared)
    node->type = strdup(object.type->name);
  for (uint32_t i = 0; i < object.type->field_count; i++)
    add_field(node, &object.type->fields[i], object.data);
  return node;
}

struct node *node_from_struct(struct node *parent, const char *name, const struct ets_type *type,
                              const void *data) {
  return add_object(parent, name, type, ets_most_derived(type, (void *)(uintptr_t)data));
}

/* Of the forms that are read elsewhere, the one that the contract has. */
static bool is_date_time(const char *text) {
  int64_t milliseconds;
  text += strspn(text, " \t\r\n");
  return !*text || (strlen(text) >= sizeof "2026-11-10T10:00:00" - 1 && text[10] == 'T' &&
                    text[16] == ':' && date_read(&milliseconds, text));
}

static const char *wrong_date(ets_object object) {
  const char *wrong = NULL;
  for (uint32_t i = 0; i < object.type->field_count && !wrong; i++) {
    const struct ets_field *field = &object.type->fields[i];
    size_t count = ets_field_count(field, object.data);
    for (size_t j = 0; j < count && !wrong; j++) {
      ets_value value = ets_field_read(field, object.data, j);
      if (value.presence == ETS_PRESENT && value.kind == ETS_VALUE_OBJECT)
        wrong = wrong_date(value.object);
      else if (field->kind == ETS_KIND_DATETIME && value.text && !is_date_time(value.text))
        wrong = field->name;
    }
  }
  return wrong;
}

const char *node_wrong_date(const struct ets_type *type, const void *data) {
  return wrong_date(ets_most_derived(type, (void *)(uintptr_t)data));
}
