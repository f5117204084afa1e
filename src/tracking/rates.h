/* Rates of what is no object: statistics that were added up. */
#ifndef ETS_TRACKING_RATES_H
#define ETS_TRACKING_RATES_H

#include <etsoap/rates.h>

/* A statistic by its property, "NumberSent"; below 0: not known. */
typedef int64_t ets_statistic(const void *context, const char *property);

/* A sum of two; not known when one of them is not, or when it is more than can be counted. */
int64_t ets_statistics_sum(int64_t a, int64_t b);

void ets_rates_from(ets_rates *rates, ets_statistic *statistic, const void *context);

#endif
