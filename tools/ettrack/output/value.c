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
