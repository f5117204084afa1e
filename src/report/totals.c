#include "report/totals.h"

#include "tracking/rates.h"

#include <string.h>

static const struct member {
  const char *property;
  size_t at;
} members[] = {{"NumberTargeted", offsetof(ets_report_totals, targeted)},
               {"NumberSent", offsetof(ets_report_totals, sent)},
               {"NumberDelivered", offsetof(ets_report_totals, delivered)},
               {"UniqueOpens", offsetof(ets_report_totals, opened)},
               {"UniqueClicks", offsetof(ets_report_totals, clicked)},
               {"Unsubscribes", offsetof(ets_report_totals, unsubscribed)},
               {"HardBounces", offsetof(ets_report_totals, hard)},
               {"SoftBounces", offsetof(ets_report_totals, soft)},
               {"OtherBounces", offsetof(ets_report_totals, other)},
               {"ForwardedEmails", offsetof(ets_report_totals, forwarded)}};

enum { MEMBERS = sizeof members / sizeof *members };

static int64_t *member_of(ets_report_totals *totals, const struct member *member) {
  return (int64_t *)(void *)((char *)totals + member->at);
}

void ets_totals_take(ets_report_totals *totals, ets_object send) {
  *totals = (ets_report_totals){0};
  for (size_t i = 0; i < MEMBERS; i++) {
    int64_t count = ets_get_integer(send, members[i].property, -1);
    *member_of(totals, &members[i]) = count < 0 ? -1 : count;
  }
  totals->bounced =
      ets_statistics_sum(totals->hard, ets_statistics_sum(totals->soft, totals->other));
}

void ets_totals_add(ets_report_totals *sum, const ets_report_totals *totals) {
  ets_report_totals other = *totals;
  for (size_t i = 0; i < MEMBERS; i++) {
    int64_t *member = member_of(sum, &members[i]);
    *member = ets_statistics_sum(*member, *member_of(&other, &members[i]));
  }
  sum->bounced = ets_statistics_sum(sum->bounced, totals->bounced);
  sum->clicks = ets_statistics_sum(sum->clicks, totals->clicks);
}

static int64_t statistic(const void *context, const char *property) {
  ets_report_totals totals = *(const ets_report_totals *)context;
  for (size_t i = 0; i < MEMBERS; i++)
    if (strcmp(members[i].property, property) == 0)
      return *member_of(&totals, &members[i]);
  return -1;
}

void ets_totals_rates(ets_rates *rates, double *cumulated_clicks, const ets_report_totals *totals) {
  ets_rates_from(rates, statistic, totals);
  *cumulated_clicks = ets_rate_share(totals->clicks, totals->delivered);
}
