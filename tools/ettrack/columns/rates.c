#include "ettrack/columns/rates.h"

#include <stdio.h>
#include <string.h>

bool rates_are_of(const char *object_type) {
  return strcmp(object_type, "Send") == 0 || strcmp(object_type, "ListSend") == 0;
}

bool rates_add(struct columns *columns) {
  for (int rate = 0; rate < ETS_RATE_COUNT; rate++)
    if (!columns_add(columns, ets_rate_name((ets_rate)rate), (int)columns->count + 1))
      return false;
  return true;
}

ets_value rate_value(ets_rate rate, ets_object object, char text[RATE_TEXT]) {
  double percent = ets_rate_of(object, rate);
  if (percent < 0)
    return (ets_value){.presence = ETS_ABSENT};
  snprintf(text, RATE_TEXT, "%.2f", percent);
  return (ets_value){
      .presence = ETS_PRESENT, .kind = ETS_VALUE_DOUBLE, .text = text, .real = percent};
}

bool rates_asked(struct columns *asked, const struct columns *shown, const char *object_type) {
  bool has = rates_are_of(object_type);
  for (size_t i = 0; i < shown->count; i++) {
    ets_rate rate;
    if (!has || !ets_rate_find(&rate, shown->items[i])) {
      if (!columns_add(asked, shown->items[i], shown->ranks[i]))
        return false;
      continue;
    }
    for (const char *const *property = ets_rate_properties(rate); *property; property++)
      if (!columns_add(asked, *property, shown->ranks[i]))
        return false;
  }
  return true;
}
