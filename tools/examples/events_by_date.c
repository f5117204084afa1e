/* Sent events of a date window, all pages of them.
 *
 *   events_by_date SINCE UNTIL        events_by_date 2026-11-01 2026-11-02T00:00Z
 */
#include <etsoap/etsoap.h>

#include <stdio.h>

int main(int argc, char **argv) {
  ets_session *session = NULL;
  ets_cursor *cursor = NULL;
  ets_error error;
  ets_time since, until;
  ets_object event;
  if (argc != 3 || ets_time_parse(&since, argv[1], ETS_SERVER_UTC_OFFSET) != ETS_OK ||
      ets_time_parse(&until, argv[2], ETS_SERVER_UTC_OFFSET) != ETS_OK) {
    fputs("usage: events_by_date SINCE UNTIL, dates such as 2026-11-01T09:30\n", stderr);
    return 2;
  }
  if (ets_session_from_environment(&session, &error) != ETS_OK) {
    fprintf(stderr, "events_by_date: %s\n", error.message);
    return 1;
  }
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  query.type = ETS_EVENT_SENT; /* or ETS_EVENT_OPEN, ETS_EVENT_NOT_SENT, ETS_EVENT_BOUNCE ... */
  query.since = &since;
  query.until = &until;
  ets_status status = ets_events_open(&cursor, session, &query, NULL);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &event)) == ETS_OK)
    printf("%s %s\n", ets_get_text(event, "EventDate"), ets_get_text(event, "SubscriberKey"));
  if (status != ETS_END || fflush(stdout) || ferror(stdout))
    fprintf(stderr, "events_by_date: %s\n",
            status != ETS_END ? ets_session_error(session)->message : "cannot write to stdout");
  ets_cursor_close(cursor);
  ets_session_free(session);
  return status == ETS_END && !ferror(stdout) ? 0 : 1;
}
