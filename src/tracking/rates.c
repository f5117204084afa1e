#include "tracking/rates.h"

#include <string.h>

#define BOUNCES "HardBounces", "SoftBounces", "OtherBounces"

enum { PROPERTIES = 5 };

/* The parts, then the whole. */
static const struct {
  const char *name;
  const char *properties[PROPERTIES];
  const char *formula;
} rules[ETS_RATE_COUNT] = {
    [ETS_RATE_DELIVERY] = {"DeliveryRate",
                           {"NumberDelivered", "NumberSent"},
                           "NumberDelivered / NumberSent"},
    [ETS_RATE_OPEN] = {"OpenRate",
                       {"UniqueOpens", "NumberDelivered"},
                       "UniqueOpens / NumberDelivered"},
    [ETS_RATE_CLICK] = {"ClickRate",
                        {"UniqueClicks", "NumberDelivered"},
                        "UniqueClicks / NumberDelivered"},
    [ETS_RATE_CLICK_TO_OPEN] = {"ClickToOpenRate",
                                {"UniqueClicks", "UniqueOpens"},
                                "UniqueClicks / UniqueOpens"},
    [ETS_RATE_UNSUBSCRIBE] = {"UnsubscribeRate",
                              {"Unsubscribes", "NumberDelivered"},
                              "Unsubscribes / NumberDelivered"},
    [ETS_RATE_BOUNCE] = {"BounceRate",
                         {BOUNCES, "NumberSent"},
                         "(HardBounces + SoftBounces + OtherBounces) / NumberSent"},
    [ETS_RATE_HARD_BOUNCE] = {"HardBounceRate",
                              {"HardBounces", "NumberSent"},
                              "HardBounces / NumberSent"},
    [ETS_RATE_SOFT_BOUNCE] = {"SoftBounceRate",
                              {"SoftBounces", "NumberSent"},
                              "SoftBounces / NumberSent"},
    [ETS_RATE_OTHER_BOUNCE] = {
        "OtherBounceRate", {"OtherBounces", "NumberSent"}, "OtherBounces / NumberSent"}};

const char *ets_rate_name(ets_rate rate) {
  return rules[rate].name;
}

const char *ets_rate_formula(ets_rate rate) {
  return rules[rate].formula;
}

const char *const *ets_rate_properties(ets_rate rate) {
  return rules[rate].properties;
}

bool ets_rate_find(ets_rate *rate, const char *name) {
  for (int i = 0; i < ETS_RATE_COUNT; i++)
    if (strcmp(rules[i].name, name) == 0) {
      *rate = (ets_rate)i;
      return true;
    }
  return false;
}

int64_t ets_statistics_sum(int64_t a, int64_t b) {
  return a < 0 || b < 0 || a > INT64_MAX - b ? -1 : a + b;
}

double ets_rate_share(int64_t part, int64_t whole) {
  return whole > 0 && part >= 0 ? 100.0 * (double)part / (double)whole : ETS_RATE_UNDEFINED;
}

static double rate_from(ets_rate rate, ets_statistic *statistic, const void *context) {
  const char *const *property = rules[rate].properties;
  int64_t sum = 0;
  for (; property[1]; property++)
    sum = ets_statistics_sum(sum, statistic(context, *property));
  return ets_rate_share(sum, statistic(context, *property));
}

void ets_rates_from(ets_rates *rates, ets_statistic *statistic, const void *context) {
  for (int i = 0; i < ETS_RATE_COUNT; i++)
    rates->percent[i] = rate_from((ets_rate)i, statistic, context);
}

/* --- of an object ---------------------------------------------------------------------------- */

static int64_t of_object(const void *context, const char *property) {
  const ets_object *object = context;
  return ets_get_integer(*object, property, -1);
}

double ets_rate_of(ets_object summary, ets_rate rate) {
  return rate_from(rate, of_object, &summary);
}

void ets_send_rates(ets_rates *rates, ets_object summary) {
  ets_rates_from(rates, of_object, &summary);
}
