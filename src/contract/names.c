#include "contract/names.h"

#include "base/suggest.h"

#include <stdio.h>
#include <string.h>

static const char *phrase(char *buffer, size_t size, const struct ets_suggestion *suggestion) {
  buffer[0] = '\0';
  if (suggestion->best)
    snprintf(buffer, size, "; did you mean %s?", suggestion->best);
  return buffer;
}

const char *ets_suggest_type(char *buffer, size_t size, const char *name) {
  struct ets_suggestion suggestion = ets_suggest(name, strlen(name));
  for (size_t i = 0; i < ets_type_count; i++)
    ets_suggest_from(&suggestion, ets_types[i]->name);
  return phrase(buffer, size, &suggestion);
}

const char *ets_suggest_field(char *buffer, size_t size, const struct ets_type *type,
                              const char *name) {
  struct ets_suggestion suggestion = ets_suggest(name, strlen(name));
  for (uint32_t i = 0; i < type->field_count; i++)
    ets_suggest_from(&suggestion, type->fields[i].name);
  return phrase(buffer, size, &suggestion);
}

const char *ets_suggest_enum(char *buffer, size_t size, const struct ets_enum *enumeration,
                             const char *value) {
  struct ets_suggestion suggestion = ets_suggest(value, strlen(value));
  for (int i = 0; i < enumeration->count; i++)
    ets_suggest_from(&suggestion, enumeration->values[i]);
  return phrase(buffer, size, &suggestion);
}
