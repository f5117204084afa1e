#include "ettrack/sends/counts.h"

#include "ettrack/run/stop.h"

const char *counts_column(size_t i) {
  static const char *const names[COUNTS_COLUMNS] = {
      COUNTS_LINKS,
      COUNTS_LINK_CLICKS,
#define ETS_EVENT(id, name, object_type) [2 + ETS_EVENT_##id] = COUNTS_EVENTS_PREFIX #object_type,
#define ETS_EVENT_PROPERTY(name, kind, rank)
#define ETS_EVENT_END(id)
#include <etsoap/events.def>
  };
  return names[i];
}

/* Reads a cursor to its end: how many rows there are, and the sum of one property. */
static ets_status add_up(int64_t *rows, int64_t *sum, ets_cursor *cursor, ets_status status,
                         const char *property) {
  ets_object row;
  *rows = *sum = 0;
  if (status != ETS_OK)
    return status;
  while (!stop_asked() && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    ++*rows;
    *sum += property ? ets_get_integer(row, property, 0) : 0;
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static ets_value number(int64_t integer) {
  return (ets_value){.presence = ETS_PRESENT, .kind = ETS_VALUE_INTEGER, .integer = integer};
}

static ets_status count_events(ets_value *values, ets_session *session, int32_t job_id,
                               const ets_scope *scope) {
  static const char *const least = "SendID";
  ets_status status = ETS_OK;
  for (int type = 0; type < ETS_EVENT_TYPE_COUNT && status == ETS_OK && !stop_asked(); type++) {
    ets_cursor *cursor = NULL;
    int64_t rows, sum;
    ets_event_query query = ETS_EVENT_QUERY_INIT;
    query.type = (ets_event_type)type;
    query.job_id = job_id;
    query.properties = &least;
    query.property_count = 1;
    status = ets_events_open(&cursor, session, &query, scope);
    status = add_up(&rows, &sum, cursor, status, NULL);
    if (status == ETS_OK && !stop_asked())
      values[type] = number(rows);
  }
  return status;
}

ets_status counts_fetch(ets_value values[COUNTS_COLUMNS], ets_session *session, int32_t job_id,
                        const ets_scope *scope, bool events) {
  ets_cursor *cursor = NULL;
  int64_t links, clicks;
  ets_status status = ets_links_open(&cursor, session, job_id, scope);
  status = add_up(&links, &clicks, cursor, status, "Link.TotalClicks");
  if (status != ETS_OK || stop_asked())
    return status;
  values[0] = number(links);
  values[1] = number(clicks);
  return events ? count_events(values + 2, session, job_id, scope) : ETS_OK;
}
