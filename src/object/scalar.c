#include "object/scalar.h"

#include "etStub.h"

#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Length of `text` without blanks at its ends, and where that begins. XML Schema drops them from
 * all but strings. */
static size_t trimmed(const char **text) {
  while (is_blank(**text))
    ++*text;
  size_t n = strlen(*text);
  while (n > 0 && is_blank((*text)[n - 1]))
    n--;
  return n;
}

static bool parse_integer(const char *text, int64_t low, int64_t high, int64_t *value) {
  size_t n = trimmed(&text), at = n > 0 && (*text == '-' || *text == '+');
  bool negative = n > 0 && *text == '-';
  uint64_t magnitude = 0, most = (uint64_t)INT64_MAX + negative;
  if (at == n)
    return false;
  for (; at < n; at++) {
    unsigned digit = (unsigned char)text[at] - (unsigned)'0';
    if (digit > 9 || magnitude > (most - digit) / 10)
      return false;
    magnitude = 10 * magnitude + digit;
  }
  int64_t parsed = !negative ? (int64_t)magnitude : magnitude ? -(int64_t)(magnitude - 1) - 1 : 0;
  if (parsed < low || parsed > high)
    return false;
  *value = parsed;
  return true;
}

static bool parse_boolean(const char *text, int64_t *value) {
  static const struct {
    const char *text;
    int64_t value;
  } known[] = {{"true", 1}, {"false", 0}, {"1", 1}, {"0", 0}, {"True", 1}, {"False", 0}};
  size_t n = trimmed(&text);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strncmp(text, known[i].text, n) == 0 && known[i].text[n] == '\0') {
      *value = known[i].value;
      return true;
    }
  return false;
}

static size_t count_digits(const char *text) {
  return strspn(text, "0123456789");
}

/* Whether text of length n is a number of XML Schema, which strtod() is laxer about. */
static bool is_decimal(const char *text, size_t n) {
  const char *at = text + (*text == '-' || *text == '+');
  size_t digits = count_digits(at);
  at += digits;
  if (*at == '.') {
    size_t more = count_digits(++at);
    digits += more;
    at += more;
  }
  if (digits == 0)
    return false;
  if (*at == 'e' || *at == 'E') {
    at += 1 + (at[1] == '-' || at[1] == '+');
    if ((digits = count_digits(at)) == 0)
      return false;
    at += digits;
  }
  return at == text + n;
}

/* strtod() and printf() go by the locale's decimal point, which a program may have set. */
static const char *decimal_point(void) {
  const char *point = localeconv()->decimal_point;
  return point && *point ? point : ".";
}

static bool parse_double(const char *text, double *value) {
  enum { LONGEST = 400 };
  char copy[LONGEST + 16];
  size_t n = trimmed(&text);
  bool negative = *text == '-';
  if (n == (negative ? 4u : 3u) && memcmp(text + negative, "INF", 3) == 0) {
    *value = negative ? -HUGE_VAL : HUGE_VAL;
    return true;
  }
  if (n == 3 && memcmp(text, "NaN", 3) == 0) {
    *value = NAN;
    return true;
  }
  if (n > LONGEST || !is_decimal(text, n))
    return false;
  const char *point = memchr(text, '.', n);
  size_t before = point ? (size_t)(point - text) : n;
  snprintf(copy, sizeof copy, "%.*s%s%.*s", (int)before, text, point ? decimal_point() : "",
           (int)(point ? n - before - 1 : 0), point ? point + 1 : "");
  *value = strtod(copy, NULL);
  return true;
}

size_t ets_double_format(double value, char *buffer, size_t size) {
  char text[64];
  if (isnan(value) || isinf(value))
    return (size_t)snprintf(buffer, size, "%s", isnan(value) ? "NaN" : value < 0 ? "-INF" : "INF");
  snprintf(text, sizeof text, "%.15g", value);
  if (strtod(text, NULL) < value || strtod(text, NULL) > value)
    snprintf(text, sizeof text, "%.17g", value);
  const char *point = decimal_point();
  char *there = strstr(text, point);
  if (there && strcmp(point, ".") != 0) {
    size_t n = strlen(point);
    *there = '.';
    memmove(there + 1, there + n, strlen(there + n) + 1);
  }
  return (size_t)snprintf(buffer, size, "%s", text);
}

static bool parse_enum(const struct ets_enum *enumeration, const char *text, int64_t *value) {
  size_t n = trimmed(&text);
  for (int i = 0; i < enumeration->count; i++)
    if (strncmp(enumeration->values[i], text, n) == 0 && !enumeration->values[i][n]) {
      *value = i;
      return true;
    }
  return false;
}

bool ets_scalar_parse(const struct ets_field *field, const char *text, void *place) {
  int64_t value;
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
    return parse_double(text, place);
  default:
    return false;
  }
}

bool ets_scalar_integer(const struct ets_field *field, const void *place, int64_t *value) {
  switch ((enum ets_kind)field->kind) {
  case ETS_KIND_BYTE:
    *value = *(const char *)place;
    return true;
  case ETS_KIND_SHORT:
    *value = *(const short *)place;
    return true;
  case ETS_KIND_INT:
    *value = *(const int *)place;
    return true;
  case ETS_KIND_LONG:
    *value = *(const LONG64 *)place;
    return true;
  default:
    return false;
  }
}
