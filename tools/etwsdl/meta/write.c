/* The C source of the tables. */
#include <stdlib.h>
#include <string.h>

#include "etwsdl/meta/cname.h"
#include "etwsdl/meta/meta.h"

static const char head[] =
    "/* Written by `etwsdl meta` from the contract: tables of contract/types.h. Do not edit. */\n"
    "#ifndef _POSIX_C_SOURCE\n"
    "#define _POSIX_C_SOURCE 200809L /* stdsoap2.h uses locale_t */\n"
    "#endif\n"
    "#include \"etStub.h\"\n"
    "#include \"contract/types.h\"\n"
    "\n"
    "/* A member that is a T or a pointer to one. */\n"
    "#define IS_ONE(S, F, T) _Generic(((S *)0)->F, T: 1, T *: 1, default: 0)\n"
    "#define IS_EXACT(S, F, T) _Generic(((S *)0)->F, T: 1, default: 0)\n"
    "#define POINTER(S, F, T) _Generic(((S *)0)->F, T: 0, default: ETS_FIELD_POINTER)\n"
    "#define ONE(S, F, T, N) \\\n"
    "  _Static_assert(IS_ONE(S, F, T), \\\n"
    "                 N \": the generated member is neither \" #T \" nor \" #T \" *\")\n"
    "#define EXACT(S, F, T, N) \\\n"
    "  _Static_assert(IS_EXACT(S, F, T), N \": the generated member is not \" #T)\n"
    "#define FITS(S, N) \\\n"
    "  _Static_assert(sizeof(S) <= ETS_NIL_SIZE, \\\n"
    "                 N \": the generated struct is larger than ETS_NIL_SIZE\")\n"
    "#define VALUE(C, I, N) \\\n"
    "  _Static_assert((int)(C) == (I), \\\n"
    "                 N \": the enum constant is not its place in the contract\")\n"
    "\n"
    "_Static_assert(sizeof(enum xsd__boolean) == sizeof(int),\n"
    "               \"xsd:boolean is not of int size\");\n"
    "_Static_assert(sizeof(LONG64) == 8, \"xsd:long has not 64 bits\");\n"
    "\n";

static void add_literal(struct buffer *out, const char *value) {
  buffer_printf(out, "\"");
  for (const char *c = value; *c != '\0'; c++) {
    unsigned char u = (unsigned char)*c;
    if (u == '"' || u == '\\')
      buffer_printf(out, "\\%c", u);
    else if (u < 0x20 || u >= 0x7f || u == '?')
      buffer_printf(out, "\\%03o", u);
    else
      buffer_printf(out, "%c", u);
  }
  buffer_printf(out, "\"");
}

static void write_enum(struct buffer *out, struct arena *arena, const struct meta_enum *item) {
  const struct list *values = &item->type->values;
  buffer_printf(out, "static const char *const values_%zu[] = {", item->index);
  for (size_t i = 0; i < values->count; i++) {
    const struct enum_value *value = values->items[i];
    buffer_printf(out, "%s", i == 0 ? "\n  " : ",\n  ");
    add_literal(out, value->text);
  }
  buffer_printf(out, "\n};\n");
  for (size_t i = 0; i < values->count; i++) {
    const struct enum_value *value = values->items[i];
    buffer_printf(out, "VALUE(%s__%s, %zu, \"%s.%zu\");\n", item->cname,
                  cname_constant(arena, value->text), i, item->name, i);
  }
  buffer_printf(out,
                "_Static_assert(sizeof(enum %s) == sizeof(int), \"%s is not of int size\");\n\n",
                item->cname, item->name);
}

static void write_enums(struct buffer *out, const struct meta *meta) {
  for (size_t i = 0; i < meta->enums.count; i++)
    write_enum(out, meta->contract->arena, meta->enums.items[i]);
  buffer_printf(out, "static const struct ets_enum enums[] = {\n");
  for (size_t i = 0; i < meta->enums.count; i++) {
    const struct meta_enum *item = meta->enums.items[i];
    buffer_printf(out, "  {\"%s\", values_%zu, %zu},\n", item->name, i, item->type->values.count);
  }
  if (meta->enums.count == 0)
    buffer_printf(out, "  {NULL, NULL, 0},\n");
  buffer_printf(out, "};\n\n");
}

static const char *one_type(const struct meta_field *field) {
  return field->text || field->any ? "char *" : field->ctype;
}

static void write_checks(struct buffer *out, const struct meta_type *type,
                         const struct meta_field *field) {
  const char *name = field->field->name;
  if (field->array)
    buffer_printf(out, "EXACT(struct %s, %s, %s *, \"%s.%s\");\n", type->cname, field->cname,
                  one_type(field), type->name, name);
  else
    buffer_printf(out, "%s(struct %s, %s, %s, \"%s.%s\");\n",
                  field->text || field->any ? "EXACT" : "ONE", type->cname, field->cname,
                  one_type(field), type->name, name);
  if (field->count)
    buffer_printf(out, "EXACT(struct %s, %s, int, \"%s.%s\");\n", type->cname, field->count,
                  type->name, name);
  if (field->selector)
    buffer_printf(out, "_Static_assert(%s < 256, \"%s.%s: more members than a selector holds\");\n",
                  field->selector, type->name, name);
}

static void write_flags(struct buffer *out, const struct meta_type *type,
                        const struct meta_field *field) {
  if (field->array)
    buffer_printf(out, "ETS_FIELD_ARRAY");
  else if (field->text || field->any)
    buffer_printf(out, "0");
  else
    buffer_printf(out, "POINTER(struct %s, %s, %s)", type->cname, field->cname, field->ctype);
  if (field->field->element && field->field->element->nillable)
    buffer_printf(out, " | ETS_FIELD_NILLABLE");
  if (field_is_required(field->field))
    buffer_printf(out, " | ETS_FIELD_REQUIRED");
  if (field->selector)
    buffer_printf(out, " | ETS_FIELD_CHOICE");
}

static void write_field(struct buffer *out, const struct meta_type *type,
                        const struct meta_field *field) {
  buffer_printf(out, "  {.name = \"%s\",", field->field->name);
  if (field->type)
    buffer_printf(out, " .type = &types[%zu],", field->type->index);
  if (field->enumeration)
    buffer_printf(out, " .enumeration = &enums[%zu],", field->enumeration->index);
  buffer_printf(out, "\n   .offset = offsetof(struct %s, %s),", type->cname, field->cname);
  if (field->count)
    buffer_printf(out, " .count_offset = offsetof(struct %s, %s),", type->cname, field->count);
  buffer_printf(out, "\n   .kind = %s, .flags = ", field->kind);
  write_flags(out, type, field);
  if (field->selector)
    buffer_printf(out, ", .selector = %s", field->selector);
  buffer_printf(out, "},\n");
}

static void write_fields(struct buffer *out, const struct meta *meta) {
  for (size_t i = 0; i < meta->types.count; i++) {
    const struct meta_type *type = meta->types.items[i];
    buffer_printf(out, "FITS(struct %s, \"%s\");\n", type->cname, type->name);
    if (type->base)
      buffer_printf(out, "EXACT(struct %s, %s, struct %s *, \"%s in %s\");\n", type->base->cname,
                    type->cname, type->cname, type->name, type->base->name);
    for (size_t k = 0; k < type->fields.count; k++)
      write_checks(out, type, type->fields.items[k]);
    if (type->fields.count == 0)
      continue;
    buffer_printf(out, "static const struct ets_field fields_%zu[] = { /* %s */\n", i, type->name);
    for (size_t k = 0; k < type->fields.count; k++)
      write_field(out, type, type->fields.items[k]);
    buffer_printf(out, "};\n\n");
  }
}

static void write_type(struct buffer *out, const struct meta_type *type) {
  buffer_printf(out, "  {.name = \"%s\", .size = sizeof(struct %s)", type->name, type->cname);
  if (type->base)
    buffer_printf(out, ",\n   .base = &types[%zu], .link = offsetof(struct %s, %s), .depth = %zu",
                  type->base->index, type->base->cname, type->cname, type->depth);
  if (type->fields.count > 0)
    buffer_printf(out, ",\n   .fields = fields_%zu, .field_count = %zu, .inherited = %zu",
                  type->index, type->fields.count, type->inherited);
  if (type->type->abstract || type->has_derived)
    buffer_printf(out, ", .flags = %s%s%s", type->type->abstract ? "ETS_TYPE_ABSTRACT" : "",
                  type->type->abstract && type->has_derived ? " | " : "",
                  type->has_derived ? "ETS_TYPE_HAS_DERIVED" : "");
  buffer_printf(out, "},\n");
}

static void write_pointers(struct buffer *out, const char *kind, size_t count) {
  buffer_printf(out, "const struct ets_%s *const ets_%ss[] = {\n", kind, kind);
  for (size_t i = 0; i < count; i++)
    buffer_printf(out, "  &%ss[%zu],\n", kind, i);
  if (count == 0)
    buffer_printf(out, "  NULL,\n");
  buffer_printf(out, "};\nconst size_t ets_%s_count = %zu;\n\n", kind, count);
}

struct buffer meta_write(const struct meta *meta) {
  struct buffer out = {0};
  buffer_printf(&out, "%s", head);
  if (meta->types.count > 0)
    buffer_printf(&out, "static const struct ets_type types[%zu];\n\n", meta->types.count);
  write_enums(&out, meta);
  write_fields(&out, meta);
  if (meta->types.count > 0) {
    buffer_printf(&out, "static const struct ets_type types[%zu] = {\n", meta->types.count);
    for (size_t i = 0; i < meta->types.count; i++)
      write_type(&out, meta->types.items[i]);
    buffer_printf(&out, "};\n\n");
  }
  write_pointers(&out, "type", meta->types.count);
  write_pointers(&out, "enum", meta->enums.count);
  return out;
}
