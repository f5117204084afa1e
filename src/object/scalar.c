#include "object/scalar.h"

#include "etH.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static bool parse_integer(const char *text, int64_t low, int64_t high, int64_t *value) {
  char *end;
  errno = 0;
  long long parsed = strtoll(text, &end, 10);
  while (*end == ' ' || *end == '\t' || *end == '\n' || *end == '\r')
    end++;
  if (end == text || *end || errno || parsed < low || parsed > high)
    return false;
  *value = parsed;
  return true;
}

static bool parse_boolean(const char *text, int64_t *value) {
  static const struct {
    const char *text;
    int64_t value;
  } known[] = {{"true", 1}, {"false", 0}, {"1", 1}, {"0", 0}, {"True", 1}, {"False", 0}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(text, known[i].text) == 0) {
      *value = known[i].value;
      return true;
    }
  return false;
}

static bool parse_enum(const struct ets_enum *enumeration, const char *text, int64_t *value) {
  for (int i = 0; i < enumeration->count; i++)
    if (strcmp(enumeration->values[i], text) == 0) {
      *value = i;
      return true;
    }
  return false;
}

bool ets_scalar_parse(const struct ets_field *field, const char *text, void *place) {
  int64_t value;
  char *end;
  switch ((enum ets_kind)field->kind) {
  case ETS_KIND_BOOLEAN:
    return parse_boolean(text, &value) &&
           (*(enum xsd__boolean *)place = (enum xsd__boolean)value, true);
  case ETS_KIND_BYTE:
    return parse_integer(text, SCHAR_MIN, SCHAR_MAX, &value) &&
           (*(char *)place = (char)value, true);
  case ETS_KIND_SHORT:
    return parse_integer(text, SHRT_MIN, SHRT_MAX, &value) &&
           (*(short *)place = (short)value, true);
  case ETS_KIND_INT:
    return parse_integer(text, INT_MIN, INT_MAX, &value) && (*(int *)place = (int)value, true);
  case ETS_KIND_LONG:
    return parse_integer(text, INT64_MIN, INT64_MAX, &value) && (*(LONG64 *)place = value, true);
  case ETS_KIND_ENUM:
    return parse_enum(field->enumeration, text, &value) && (*(int *)place = (int)value, true);
  case ETS_KIND_DOUBLE:
    *(double *)place = strtod(text, &end);
    return end != text && !*end;
  default:
    return false;
  }
}
