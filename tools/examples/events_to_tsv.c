/* Clicks of a window in three accounts, as TSV: events_to_tsv SINCE UNTIL MID MID MID */
#include <etsoap/etsoap.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  static const char *const columns[] = {"Client.ID", "EventDate", "SubscriberKey", "URL"};
  ets_rows_options tsv = ETS_ROWS_OPTIONS_INIT;
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  ets_scope scope = ETS_SCOPE_INIT;
  ets_session *session;
  ets_cursor *cursor;
  ets_time since, until;
  ets_error error;
  int32_t mids[3];
  bool usage = argc != 6 || ets_time_parse(&since, argv[1], ETS_SERVER_UTC_OFFSET) != ETS_OK ||
               ets_time_parse(&until, argv[2], ETS_SERVER_UTC_OFFSET) != ETS_OK;
  for (int i = 0; i < 3 && !usage; i++) {
    char *end;
    long long mid = strtoll(argv[3 + i], &end, 10);
    usage = mid < 1 || mid > INT32_MAX || *end;
    mids[i] = (int32_t)mid;
  }
  if (usage || ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "events_to_tsv: %s\n",
            usage ? "give SINCE UNTIL, 3 MIDs from 1 to 2147483647" : error.message);
    return usage ? 2 : 1;
  }
  query.type = ETS_EVENT_CLICK;
  query.since = &since, query.until = &until;
  query.properties = tsv.columns = columns;
  query.property_count = tsv.column_count = sizeof columns / sizeof *columns;
  scope.client_ids = mids, scope.client_id_count = 3;
  ets_status status = ets_events_open(&cursor, session, &query, &scope);
  if (status == ETS_OK)
    status = ets_cursor_write(cursor, 1, &tsv);
  if (status != ETS_OK)
    fprintf(stderr, "events_to_tsv: %s\n", ets_session_error(session)->message);
  ets_cursor_close(cursor);
  ets_session_free(session);
  return status == ETS_OK ? 0 : 1;
}
