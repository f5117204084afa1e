#include "operations/echo.h"

#include <string.h>

#include "common/escape.h"
#include "contract/types.h"

static const struct node *next_named(const struct node *node, const char *name) {
  while (node && strcmp(node->name, name) != 0)
    node = node->next;
  return node;
}

static void write_members(struct buffer *out, const struct node *object,
                          const struct ets_type *type);

/* What a member is that has to be there and was not given. */
static const char *default_of(const struct ets_field *field) {
  switch (field->kind) {
  case ETS_KIND_BOOLEAN:
    return "false";
  case ETS_KIND_ENUM:
    return field->enumeration->count ? field->enumeration->values[0] : "";
  case ETS_KIND_DATETIME:
    return "0001-01-01T00:00:00";
  case ETS_KIND_DATE:
    return "0001-01-01";
  case ETS_KIND_TIME:
    return "00:00:00";
  case ETS_KIND_STRING:
  case ETS_KIND_BINARY:
  case ETS_KIND_ANY:
    return "";
  default:
    return "0";
  }
}

/* The type itself, or when there are no objects of it the first that derives from it. */
static const struct ets_type *concrete(const struct ets_type *type) {
  for (size_t i = 0; type->flags & ETS_TYPE_ABSTRACT && i < ets_type_count; i++)
    if (ets_types[i]->base == type)
      return ets_types[i];
  return type;
}

static void write_missing(struct buffer *out, const struct ets_field *field) {
  const struct node nothing = {.name = NULL};
  const struct ets_type *type = field->kind == ETS_KIND_STRUCT ? concrete(field->type) : NULL;
  buffer_printf(out, "<%s", field->name);
  if (type && type != field->type)
    buffer_printf(out, " xsi:type=\"%s\"", type->name);
  buffer_add_text(out, ">");
  if (type)
    write_members(out, &nothing, type);
  else
    buffer_add_text(out, default_of(field));
  buffer_printf(out, "</%s>", field->name);
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
    text = default_of(field);
  escape_xml(out, text, strlen(text));
  buffer_printf(out, "</%s>", field->name);
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
    if (!any && field->flags & ETS_FIELD_REQUIRED)
      write_missing(out, field);
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
