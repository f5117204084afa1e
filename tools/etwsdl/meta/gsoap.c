#include "etwsdl/meta/gsoap.h"

#include <string.h>

static const struct gsoap_kind kinds[] = {
    {"string", "ETS_KIND_STRING", NULL},
    {"normalizedString", "ETS_KIND_STRING", NULL},
    {"token", "ETS_KIND_STRING", NULL},
    {"anyURI", "ETS_KIND_STRING", NULL},
    {"integer", "ETS_KIND_STRING", NULL},
    {"decimal", "ETS_KIND_STRING", NULL},
    {"duration", "ETS_KIND_STRING", NULL},
    {"NMTOKEN", "ETS_KIND_STRING", NULL},
    {"language", "ETS_KIND_STRING", NULL},
    {"dateTime", "ETS_KIND_DATETIME", NULL},
    {"date", "ETS_KIND_DATE", NULL},
    {"time", "ETS_KIND_TIME", NULL},
    {"boolean", "ETS_KIND_BOOLEAN", "enum xsd__boolean"},
    {"byte", "ETS_KIND_BYTE", "char"},
    {"short", "ETS_KIND_SHORT", "short"},
    {"int", "ETS_KIND_INT", "int"},
    {"long", "ETS_KIND_LONG", "LONG64"},
    {"double", "ETS_KIND_DOUBLE", "double"},
    {"base64Binary", "ETS_KIND_BINARY", "struct xsd__base64Binary"},
};

const struct gsoap_kind *gsoap_kind(const char *builtin) {
  const char *name = gsoap_builtin(builtin);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(name, kinds[i].xsd) == 0)
      return &kinds[i];
  return NULL;
}

const char *gsoap_builtin(const char *builtin) {
  if (strcmp(builtin, "anyType") == 0)
    return builtin;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(builtin, kinds[i].xsd) == 0)
      return builtin;
  return "string";
}

static bool could_be_union(const struct particle *choice) {
  if (choice->max > 1)
    return false;
  for (size_t i = 0; i < choice->children.count; i++) {
    const struct particle *child = choice->children.items[i];
    if (child->kind != PARTICLE_ELEMENT || child->max > 1)
      return false;
  }
  return true;
}

static size_t count_unions(const struct particle *particle) {
  size_t count = 0;
  if (!particle)
    return 0;
  if (particle->kind == PARTICLE_CHOICE)
    count += could_be_union(particle);
  for (size_t i = 0; i < particle->children.count; i++)
    count += count_unions(particle->children.items[i]);
  return count;
}

bool choice_is_union(const struct type *type, const struct particle *choice) {
  return could_be_union(choice) && count_unions(type->sent) == 1;
}

bool choice_is_loose(const struct type *type, const struct particle *choice) {
  if (could_be_union(choice))
    return count_unions(type->sent) > 1;
  for (size_t i = 0; i < choice->children.count; i++)
    if (((struct particle *)choice->children.items[i])->kind == PARTICLE_ANY)
      return true;
  return false;
}

bool values_are_constants(const struct type *type) {
  for (size_t i = 0; i < type->values.count; i++) {
    const char *text = ((const struct enum_value *)type->values.items[i])->text;
    text += *text == '-' || *text == '+';
    size_t n = strlen(text);
    if (n == 1 || (n > 0 && strspn(text, "0123456789") == n))
      return false;
  }
  return type->values.count > 0;
}

bool gsoap_takes_text(const char *text) {
  size_t n = strlen(text);
  return !strstr(text, "*/") && (n == 0 || text[n - 1] != '\\');
}

/* INF and NaN have no constants there. */
static bool is_number(const char *text) {
  return strpbrk(text, "0123456789") && text[strspn(text, "0123456789+-.eE \t\r\n")] == '\0';
}

bool gsoap_takes_value(const struct type *type, const char *value) {
  static const char *const numbers[] = {"char", "short", "int", "LONG64", "double"};
  const char *primitive = type_primitive(type);
  const struct gsoap_kind *kind = primitive ? gsoap_kind(primitive) : NULL;
  for (size_t i = 0; kind && kind->ctype && i < sizeof numbers / sizeof *numbers; i++)
    if (strcmp(kind->ctype, numbers[i]) == 0)
      return is_number(value);
  return gsoap_takes_text(value);
}
