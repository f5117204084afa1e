#include "ettrack/columns/rates.h"

#include <stdio.h>
#include <string.h>

const struct rate rates[] = {
    {"DeliveryRate", {"NumberDelivered"}, "NumberSent", "NumberDelivered / NumberSent"},
    {"OpenRate", {"UniqueOpens"}, "NumberDelivered", "UniqueOpens / NumberDelivered"},
    {"ClickRate", {"UniqueClicks"}, "NumberDelivered", "UniqueClicks / NumberDelivered"},
    {"ClickToOpenRate", {"UniqueClicks"}, "UniqueOpens", "UniqueClicks / UniqueOpens"},
    {"UnsubscribeRate", {"Unsubscribes"}, "NumberDelivered", "Unsubscribes / NumberDelivered"},
    {"BounceRate",
     {"HardBounces", "SoftBounces", "OtherBounces"},
     "NumberSent",
     "(HardBounces + SoftBounces + OtherBounces) / NumberSent"},
    {"HardBounceRate", {"HardBounces"}, "NumberSent", "HardBounces / NumberSent"},
    {"SoftBounceRate", {"SoftBounces"}, "NumberSent", "SoftBounces / NumberSent"},
    {"OtherBounceRate", {"OtherBounces"}, "NumberSent", "OtherBounces / NumberSent"},
    {NULL, {NULL}, NULL, NULL}};

bool rates_are_of(const char *object_type) {
  return strcmp(object_type, "Send") == 0 || strcmp(object_type, "ListSend") == 0;
}

bool rates_add(struct columns *columns) {
  for (const struct rate *rate = rates; rate->name; rate++)
    if (!columns_add(columns, rate->name, (int)columns->count + 1))
      return false;
  return true;
}

const struct rate *rate_find(const char *name) {
  for (const struct rate *rate = rates; rate->name; rate++)
    if (strcmp(rate->name, name) == 0)
      return rate;
  return NULL;
}

ets_value rate_of(const struct rate *rate, ets_object object, char text[RATE_TEXT]) {
  const ets_value absent = {.presence = ETS_ABSENT};
  int64_t whole = ets_get_integer(object, rate->whole, 0), sum = 0;
  if (whole <= 0)
    return absent;
  for (size_t i = 0; i < RATE_PARTS && rate->parts[i]; i++) {
    int64_t part = ets_get_integer(object, rate->parts[i], -1);
    if (part < 0)
      return absent;
    sum += part;
  }
  double percent = 100.0 * (double)sum / (double)whole;
  snprintf(text, RATE_TEXT, "%.2f", percent);
  return (ets_value){
      .presence = ETS_PRESENT, .kind = ETS_VALUE_DOUBLE, .text = text, .real = percent};
}

bool rates_asked(struct columns *asked, const struct columns *shown, const char *object_type) {
  bool has = rates_are_of(object_type);
  for (size_t i = 0; i < shown->count; i++) {
    const struct rate *rate = has ? rate_find(shown->items[i]) : NULL;
    if (!rate && !columns_add(asked, shown->items[i], shown->ranks[i]))
      return false;
    for (size_t part = 0; rate && part < RATE_PARTS && rate->parts[part]; part++)
      if (!columns_add(asked, rate->parts[part], shown->ranks[i]))
        return false;
    if (rate && !columns_add(asked, rate->whole, shown->ranks[i]))
      return false;
  }
  return true;
}
