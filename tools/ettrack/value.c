#include "value.h"

#include <etsoap/rows.h>

#include <string.h>

bool value_is_number(const ets_value *value) {
  return value->kind == ETS_VALUE_INTEGER || value->kind == ETS_VALUE_DOUBLE;
}

struct text value_text(const ets_value *value, struct sink *scratch) {
  if (value->presence != ETS_PRESENT)
    return (struct text){"", 0};
  if (value->text)
    return (struct text){value->text, strlen(value->text)};
  scratch->used = 0;
  size_t length = ets_value_cell(value, scratch->bytes, scratch->size);
  if (length >= scratch->size && sink_reserve(scratch, length + 1))
    ets_value_cell(value, scratch->bytes, scratch->size);
  scratch->used = scratch->error ? 0 : length;
  return (struct text){scratch->bytes, scratch->used};
}
