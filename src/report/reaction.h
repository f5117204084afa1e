/* When events came after a send, counted: memory is the same however many there are. */
#ifndef ETS_REPORT_REACTION_H
#define ETS_REPORT_REACTION_H

#include <etsoap/report.h>

/* By the second for 14 days, by the hour for ten years more. Starts as {0}. */
struct ets_times {
  uint32_t *seconds;
  uint32_t *hours;
  int64_t count;
};

/* Books an event so many seconds after the send. False when out of memory. */
bool ets_times_add(struct ets_times *times, int64_t seconds);

/* What they come to; `span` is that of the curves. */
void ets_reaction_fill(ets_report_reaction *reaction, const struct ets_times *times, int64_t span);

/* Seconds till 98 % of both are there, in steps that people count in. */
int64_t ets_reaction_span(const struct ets_times *opens, const struct ets_times *clicks);

void ets_times_free(struct ets_times *times);

#endif
