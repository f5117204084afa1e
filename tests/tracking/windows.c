/* Adjacent windows add up to the whole, wherever the edge between them lies: for every second of
 * two minutes in which a send went out, with rows that have fractions of a second. */
#include <etsoap/etsoap.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JOB = 12043295, SECONDS = 120, SECOND = 1000000 };

static void stop(const char *what, const ets_error *error) {
  fprintf(stderr, "windows: %s: %s\n", what, error->message);
  exit(1);
}

static uint64_t count(ets_session *session, ets_event_type type, ets_time since, ets_time until,
                      uint64_t *fractions) {
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  ets_cursor *cursor;
  ets_object row;
  uint64_t rows = 0;
  query.type = type;
  query.job_id = JOB;
  query.since = &since;
  query.until = &until;
  ets_status status = ets_events_open(&cursor, session, &query, NULL);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    const char *date = ets_get_text(row, "EventDate");
    rows++;
    if (fractions && date && strchr(date, '.'))
      ++*fractions;
  }
  ets_cursor_close(cursor);
  if (status != ETS_END)
    stop("a window", ets_session_error(session));
  return rows;
}

/* How many edges do not add up. */
static int check(ets_session *session, ets_event_type type, ets_time from) {
  ets_time to = ets_time_add(from, (int64_t)SECONDS * SECOND);
  uint64_t fractions = 0, sum = 0;
  uint64_t all = count(session, type, from, to, &fractions);
  int wrong = 0;
  printf("%s: %" PRIu64 " rows, %" PRIu64 " with a fraction\n", ets_event_name(type), all,
         fractions);
  if (fractions == 0) {
    printf("  which is no test\n");
    return 1;
  }
  for (int i = 0; i < SECONDS; i++) {
    ets_time edge = ets_time_add(from, (int64_t)i * SECOND);
    ets_time next = ets_time_add(edge, SECOND);
    uint64_t second = count(session, type, edge, next, NULL);
    uint64_t behind = i + 1 < SECONDS ? count(session, type, next, to, NULL) : 0;
    sum += second;
    if (sum + behind != all) {
      printf("  %d s: %" PRIu64 " before and %" PRIu64 " behind\n", i + 1, sum, behind);
      wrong++;
    }
  }
  return wrong;
}

/* An end with a fraction is refused before anything is read. */
static int check_log(ets_session *session, ets_time since) {
  ets_recipient_query query = ETS_RECIPIENT_QUERY_INIT;
  ets_recipient_log *log;
  query.subscriber_key = "00001930";
  query.since = &since;
  ets_status status = ets_recipient_log_read(&log, session, &query, NULL);
  int wrong = status != ETS_E_USAGE || log;
  if (wrong)
    fprintf(stderr, "windows: the log of a window with a fraction: %s\n", ets_status_name(status));
  ets_recipient_log_free(log);
  return wrong;
}

int main(void) {
  ets_settings *settings = NULL;
  ets_session *session = NULL;
  ets_time sent;
  ets_error error;
  ets_object send;
  if (ets_settings_new(&settings) != ETS_OK ||
      ets_settings_environment(settings, &error) != ETS_OK ||
      ets_settings_session(&session, settings, NULL, &error) != ETS_OK)
    stop("settings", &error);
  if (ets_send_summary(&send, session, JOB, NULL) != ETS_OK)
    stop("the send", ets_session_error(session));
  const char *date = ets_get_text(send, "SentDate");
  if (!date || ets_time_parse(&sent, date, ets_session_utc_offset(session)) != ETS_OK) {
    fprintf(stderr, "windows: no SentDate\n");
    return 1;
  }
  sent = ets_time_floor(sent);
  int wrong = check(session, ETS_EVENT_SENT, sent) +
              check(session, ETS_EVENT_OPEN, ets_time_add(sent, INT64_C(3600) * SECOND)) +
              check_log(session, ets_time_add(sent, SECOND / 2));
  ets_session_free(session);
  ets_settings_free(settings);
  return wrong > 0;
}
