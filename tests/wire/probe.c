/* Makes one call as its arguments say and prints what came of it, for the wire cases:
 *
 *   probe summary JOBID
 *   probe log KEY
 *   probe report JOBID
 *   and the calls of probe_retrieve.c and probe_write.c
 *
 * ETSOAP_ENDPOINT and the credentials come from the environment, and so do PROBE_TIMEOUT (seconds),
 * PROBE_TRIES (1 unless given), PROBE_DELAY and PROBE_TOTAL_TIME (milliseconds, before each
 * repetition and in all), PROBE_REPEAT_WRITES, PROBE_LOG and PROBE_COUNTERS (set or not). */
#include "probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int summary(ets_session *session, const char *job_id) {
  ets_object send;
  ets_status status = ets_send_summary(&send, session, (int32_t)strtol(job_id, NULL, 10), NULL);
  if (status == ETS_OK)
    probe_object(send);
  return probe_report(session, status, status == ETS_OK);
}

/* events TYPE [job ID] [batch ID] [since T] [until T] [where TEXT] [flat]
 * prints all of them, as retrieve does. */
static int events(ets_session *session, int argc, char **argv) {
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  ets_filter *where = NULL;
  ets_time since, until;
  ets_error error;
  bool flat = false, good = ets_event_type_find(&query.type, argv[0]);
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "flat") == 0) {
      flat = true;
      continue;
    }
    if (strcmp(argv[i], "job") == 0)
      query.job_id = (int32_t)strtol(value, NULL, 10);
    else if (strcmp(argv[i], "batch") == 0)
      query.batch_id = (int32_t)strtol(value, NULL, 10);
    else if (strcmp(argv[i], "since") == 0)
      good = good && ets_time_parse(&since, value, -360) == ETS_OK && (query.since = &since);
    else if (strcmp(argv[i], "until") == 0)
      good = good && ets_time_parse(&until, value, -360) == ETS_OK && (query.until = &until);
    else
      good = good && ets_filter_parse(&where, value, &error) == ETS_OK;
    i++;
  }
  if (!good)
    return 2;
  ets_filter_use_additional_operands(where, flat);
  query.where = where;
  ets_cursor *cursor;
  ets_object row;
  uint64_t rows = 0;
  ets_status status = ets_events_open(&cursor, session, &query, NULL);
  for (; status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK; rows++)
    probe_object(row);
  ets_cursor_close(cursor);
  ets_filter_free(where);
  return probe_report(session, status, rows);
}

/* Each event on a line, then what is known of the recipient. */
static int recipient(ets_session *session, const char *key) {
  ets_recipient_query query = ETS_RECIPIENT_QUERY_INIT;
  ets_recipient_log *log;
  query.subscriber_key = key;
  ets_status status = ets_recipient_log_read(&log, session, &query, NULL);
  size_t count = log ? log->event_count : 0;
  for (size_t i = 0; i < count; i++)
    printf("%s %s %s, %s\n", ets_event_name(log->events[i].type),
           ets_get_text_or(log->events[i].event, "EventDate", "-"),
           log->events[i].email_name ? log->events[i].email_name : "-",
           log->events[i].subject ? log->events[i].subject : "-");
  if (log && log->subscriber.type)
    printf("%s\n", ets_get_text_or(log->subscriber, "EmailAddress", "-"));
  for (size_t i = 0; log && i < log->list_count; i++)
    printf("on %s, %s\n", log->lists[i].name ? log->lists[i].name : "-", log->lists[i].status);
  ets_recipient_log_free(log);
  return probe_report(session, status, count);
}

static int report(ets_session *session, const char *job_id) {
  ets_report_query query = ETS_REPORT_QUERY_INIT;
  ets_report *read;
  query.job_id = (int32_t)strtol(job_id, NULL, 10);
  ets_status status = ets_report_read(&read, session, &query, NULL);
  if (read)
    printf("%s: %lld sent, %lld clicks on %zu links, half of %lld opens in %lld s\n", read->subject,
           (long long)read->totals.sent, (long long)read->totals.clicks, read->link_count,
           (long long)read->opens.count, (long long)read->opens.reach[4]);
  for (size_t i = 0; read && i < read->domain_count; i++)
    printf("%s %lld\n", read->domains[i].name, (long long)read->domains[i].sent);
  ets_report_free(read);
  return probe_report(session, status, 0);
}

static void print_event(void *context, const ets_log_event *event) {
  static const char *const kinds[] = {"request", "answer", "retry", "failure"};
  (void)context;
  printf("log %s %s attempt %d %s\n", kinds[event->kind], event->operation, event->attempt,
         ets_status_name(event->status));
}

static int number_from(const char *variable, int otherwise) {
  const char *text = getenv(variable);
  return text ? (int)strtol(text, NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
  ets_session *session;
  ets_error error;
  ets_settings *settings = NULL;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  options.receive_timeout = number_from("PROBE_TIMEOUT", options.receive_timeout);
  options.retry.tries = number_from("PROBE_TRIES", 1);
  options.retry.first_delay = number_from("PROBE_DELAY", 10);
  if (options.retry.first_delay > options.retry.max_delay)
    options.retry.max_delay = options.retry.first_delay;
  options.retry.total_time = number_from("PROBE_TOTAL_TIME", options.retry.total_time);
  options.retry.repeat_writes = getenv("PROBE_REPEAT_WRITES") != NULL;
  if (argc < 3) {
    fputs("usage: probe CALL ARGUMENT...\n", stderr);
    return 2;
  }
  if (ets_settings_new(&settings) != ETS_OK ||
      ets_settings_environment(settings, &error) != ETS_OK ||
      ets_settings_session(&session, settings, &options, &error) != ETS_OK) {
    printf("failed %s\n%s\n", ets_status_name(error.status), error.message);
    ets_settings_free(settings);
    return 1;
  }
  ets_settings_free(settings);
  if (getenv("PROBE_LOG"))
    ets_session_log(session, print_event, NULL);
  int result = strcmp(argv[1], "summary") == 0    ? summary(session, argv[2])
               : strcmp(argv[1], "events") == 0   ? events(session, argc - 2, argv + 2)
               : strcmp(argv[1], "log") == 0      ? recipient(session, argv[2])
               : strcmp(argv[1], "report") == 0   ? report(session, argv[2])
               : strcmp(argv[1], "oneone") == 0   ? probe_one_to_one(session, argc - 2, argv + 2)
               : strcmp(argv[1], "retrieve") == 0 ? probe_retrieve(session, argc - 2, argv + 2)
                                                  : probe_write(session, argc - 1, argv + 1);
  ets_session_free(session);
  return result;
}
