#include "ground/required.h"

/* What a member is that has to be there and was not given. */
const char *required_value(const struct ets_field *field) {
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

void required_write(struct buffer *out, const struct ets_field *field) {
  const struct ets_type *type = field->kind == ETS_KIND_STRUCT ? concrete(field->type) : NULL;
  buffer_printf(out, "<%s", field->name);
  if (type && type != field->type)
    buffer_printf(out, " xsi:type=\"%s\"", type->name);
  buffer_add_text(out, ">");
  if (type) {
    for (uint32_t i = 0; i < type->field_count; i++)
      if (type->fields[i].flags & ETS_FIELD_REQUIRED)
        required_write(out, &type->fields[i]);
  } else {
    buffer_add_text(out, required_value(field));
  }
  buffer_printf(out, "</%s>", field->name);
}
