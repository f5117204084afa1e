#include "tracking/window.h"

enum { SECOND = 1000000 };

/* What is wrong with an end, and what would be right. */
static ets_status check_end(const char *name, const ets_time *end, ets_error *error) {
  char text[40], low[40], high[40];
  if (!end)
    return ETS_OK;
  ets_time floor = ets_time_floor(*end);
  if (ets_time_compare(floor, *end) == 0)
    return ETS_OK;
  ets_time_format(*end, text, sizeof text);
  ets_time_format(floor, low, sizeof low);
  ets_time_format(ets_time_add(floor, SECOND), high, sizeof high);
  return ets_error_set(error, ETS_E_USAGE,
                       "%s %s: the service compares whole seconds; write %s or %s", name, text, low,
                       high);
}

static ets_status check(const ets_time *since, const ets_time *until, ets_error *error) {
  char low[40], high[40];
  ets_status status = check_end("since", since, error);
  if (status == ETS_OK)
    status = check_end("until", until, error);
  if (status != ETS_OK || !since || !until || ets_time_compare(*since, *until) < 0)
    return status;
  ets_time_format(*since, low, sizeof low);
  ets_time_format(*until, high, sizeof high);
  return ets_error_set(error, ETS_E_USAGE,
                       "nothing lies between since %s and until %s, which is the first moment that "
                       "does not count: it has to be later",
                       low, high);
}

static ets_filter *edge(const char *property, ets_operator op, const ets_time *end) {
  char text[40];
  const char *value = text;
  ets_time_format(*end, text, sizeof text);
  return ets_filter_simple(property, op, &value, 1);
}

ets_status ets_window_filter(ets_filter **filter, const char *property, const ets_time *since,
                             const ets_time *until, ets_error *error) {
  ets_filter *edges[2];
  size_t count = 0;
  *filter = NULL;
  ets_status status = check(since, until, error);
  if (status != ETS_OK || (!since && !until))
    return status;
  if (since)
    edges[count++] = edge(property, ETS_GREATER_THAN_OR_EQUAL, since);
  if (until)
    edges[count++] = edge(property, ETS_LESS_THAN, until);
  *filter = ets_filter_and_all(edges, count);
  return *filter ? ETS_OK : ets_error_set(error, ETS_E_NOMEM, "out of memory");
}
