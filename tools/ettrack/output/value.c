#include "ettrack/output/value.h"

#include <etsoap/rows.h>

#include <string.h>

ets_value value_of_text(const char *text) {
  return (ets_value){
      .presence = text && *text ? ETS_PRESENT : ETS_ABSENT, .kind = ETS_VALUE_TEXT, .text = text};
}

bool value_is_number(const ets_value *value) {
  return value->kind == ETS_VALUE_INTEGER || value->kind == ETS_VALUE_DOUBLE;
}

enum { FIRM_MOST = 40 };

/* "2026-11-10 10:02:01", "11/10/2026 10:02:01 AM", "12,000.50", "+43 1 234" */
static bool is_date_or_number(const char *text, size_t n) {
  if (n > 3 && (memcmp(text + n - 3, " AM", 3) == 0 || memcmp(text + n - 3, " PM", 3) == 0))
    n -= 3;
  for (size_t i = 0; i < n; i++)
    if (!strchr("0123456789 .,:+-/TZ", text[i]))
      return false;
  return true;
}

/* One word with a digit in it, or an address. */
static bool is_id(const char *text, size_t n) {
  bool digit = false;
  for (size_t i = 0; i < n; i++) {
    if (text[i] == ' ')
      return false;
    digit = digit || (text[i] >= '0' && text[i] <= '9') || text[i] == '@';
  }
  return digit && !strstr(text, "://");
}

bool value_is_firm(const ets_value *value, const char *text, size_t n) {
  if (value->kind == ETS_VALUE_OBJECT)
    return false;
  return value->kind != ETS_VALUE_TEXT ||
         (n > 0 && n <= FIRM_MOST && (is_date_or_number(text, n) || is_id(text, n)));
}

bool value_is_url(const char *text, size_t n) {
  const char *scheme = n > 0 ? strstr(text, "://") : NULL;
  return scheme && scheme > text && !memchr(text, ' ', n);
}

struct text value_text(const ets_value *value, struct buffer *scratch) {
  if (value->presence != ETS_PRESENT)
    return (struct text){"", 0};
  if (value->text)
    return (struct text){value->text, strlen(value->text)};
  buffer_reset(scratch);
  size_t length = ets_value_cell(value, scratch->data, scratch->capacity);
  if (length >= scratch->capacity && buffer_reserve(scratch, length))
    ets_value_cell(value, scratch->data, scratch->capacity);
  scratch->size = scratch->failed ? 0 : length;
  return (struct text){buffer_text(scratch), scratch->size};
}
