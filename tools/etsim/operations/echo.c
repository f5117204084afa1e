#include "operations/echo.h"

#include <string.h>

#include "common/escape.h"
#include "contract/types.h"
#include "ground/required.h"

static const struct node *next_named(const struct node *node, const char *name) {
  while (node && strcmp(node->name, name) != 0)
    node = node->next;
  return node;
}

static void write_given(struct buffer *out, const struct node *node,
                        const struct ets_field *field) {
  if (field->kind == ETS_KIND_STRUCT && !node->nil) {
    echo_write(out, node, field->name, field->type->name);
    return;
  }
  buffer_printf(out, "<%s>", field->name);
  const char *text = node->text ? node->text : "";
  if (!*text && field->kind != ETS_KIND_STRING)
    text = required_value(field);
  escape_xml(out, text, strlen(text));
  buffer_printf(out, "</%s>", field->name);
}

/* Whether a choice begins here of which nothing is given: then the first of it has to do. */
static bool is_open_choice(const struct node *object, const struct ets_type *type, uint32_t index) {
  if (index && type->fields[index - 1].flags & ETS_FIELD_CHOICE)
    return false;
  for (uint32_t i = index; i < type->field_count; i++) {
    if (!(type->fields[i].flags & ETS_FIELD_CHOICE))
      return i > index;
    if (next_named(object->first, type->fields[i].name))
      return false;
  }
  return type->field_count > index;
}

static void write_members(struct buffer *out, const struct node *object,
                          const struct ets_type *type) {
  for (uint32_t i = 0; i < type->field_count; i++) {
    const struct ets_field *field = &type->fields[i];
    const struct node *node = next_named(object->first, field->name);
    bool any = false;
    for (; node; node = next_named(node->next, field->name)) {
      bool nil = node->nil && !(field->flags & ETS_FIELD_NILLABLE);
      if (node->nil && !nil)
        buffer_printf(out, "<%s xsi:nil=\"true\" />", field->name);
      else if (!nil)
        write_given(out, node, field);
      any |= !nil;
    }
    if (!any && (field->flags & ETS_FIELD_REQUIRED || is_open_choice(object, type, i)))
      required_write(out, field);
  }
}

void echo_write(struct buffer *out, const struct node *object, const char *element,
                const char *type) {
  const struct ets_type *declared = ets_type_find(type, strlen(type));
  const struct ets_type *own =
      object->type ? ets_type_find(object->type, strlen(object->type)) : declared;
  buffer_printf(out, "<%s", element);
  if (own && own != declared)
    buffer_printf(out, " xsi:type=\"%s\"", own->name);
  buffer_add_text(out, ">");
  if (own)
    write_members(out, object, own);
  buffer_printf(out, "</%s>", element);
}
