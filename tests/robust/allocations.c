/* The n-th allocation fails, for every n, once alone and once with all that follow: a call returns
 * an error or everything it was asked for, never less; nothing leaks, nothing crashes. */
#include "canned.h"
#include "failing.h"

#include <etsoap/etsoap.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#ifndef DATA
#error "DATA names the folder of the answers"
#endif

/* What a scenario found: the status that ended it, and a text of all that it read. */
struct outcome {
  ets_status status;
  char text[8192];
  size_t length;
};

typedef void scenario(struct outcome *outcome, ets_session *session);

static int note(void *context, const char *name, const ets_value *value) {
  struct outcome *outcome = context;
  char text[256];
  ets_value_format(value, text, sizeof text);
  size_t room = sizeof outcome->text - outcome->length;
  int n =
      snprintf(outcome->text + outcome->length, room, "%s=%d:%s\n", name, value->presence, text);
  outcome->length += n > 0 && (size_t)n < room ? (size_t)n : 0;
  return value->kind == ETS_VALUE_OBJECT && value->presence == ETS_PRESENT
             ? ets_object_walk(value->object, note, context)
             : 0;
}

static ets_status open_session(ets_session **session, struct canned *canned) {
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  options.endpoint = "http://127.0.0.1:1/Service.asmx";
  options.retry.tries = 1;
  ets_status status = ets_session_new(session, &options, NULL);
  if (status != ETS_OK)
    return status;
  status = canned_install(*session, canned);
  if (status != ETS_OK)
    return status;
  return ets_auth_username(*session, "user", "password");
}

static void retrieve(struct outcome *outcome, ets_session *session) {
  static const char *const properties[] = {"SendID", "SubscriberKey", "EventDate"};
  static const int32_t accounts[] = {77, 78};
  ets_cursor *cursor = NULL;
  ets_filter *filter = NULL;
  ets_object row;
  outcome->status = ets_filter_parse(&filter,
                                     "SendID = 12043295 AND (EventDate BETWEEN '2026-11-01' AND "
                                     "'2026-11-02' OR SubscriberKey IN ('a', 'b') OR "
                                     "BatchID >= 5)",
                                     NULL);
  ets_retrieve request = ETS_RETRIEVE_INIT;
  request.object_type = "SentEvent";
  request.properties = properties;
  request.property_count = 3;
  request.filter = filter;
  request.batch_size = 3;
  request.client_ids = accounts;
  request.client_id_count = 2;
  if (outcome->status == ETS_OK)
    outcome->status = ets_cursor_open(&cursor, session, &request);
  while (outcome->status == ETS_OK && (outcome->status = ets_cursor_next(cursor, &row)) == ETS_OK)
    ets_object_walk(row, note, outcome);
  ets_cursor_close(cursor);
  ets_filter_free(filter);
}

static void create(struct outcome *outcome, ets_session *session) {
  ets_batch_result result = {0};
  ets_pool *pool = ets_pool_new();
  ets_object objects[2] = {ets_object_new(pool, "Subscriber"), ets_object_new(pool, "Subscriber")};
  ets_set(pool, objects[0], "EmailAddress", "ann@example.com");
  ets_set(pool, objects[0], "Attributes[0].Name", "City");
  ets_set(pool, objects[0], "Attributes[0].Value", "Ulm & Co");
  ets_set(pool, objects[0], "Attributes[1].Name", "Street");
  ets_set_nil(pool, objects[0], "ModifiedDate");
  ets_set_integer(pool, objects[1], "Client.ID", 77);
  ets_set(pool, objects[1], "EmailAddress", "bad");
  outcome->status = ets_pool_status(pool);
  if (outcome->status == ETS_OK)
    outcome->status = ets_create(&result, session, objects, 2, NULL);
  for (size_t i = 0; i < result.count; i++)
    ets_object_walk(result.items[i].result, note, outcome);
  ets_pool_free(pool);
}

/* A message that is signed as far as the service knows it: digest and timestamp. */
static void describe(struct outcome *outcome, ets_session *session) {
  static const char *const types[] = {"SentEvent"};
  ets_object response;
  outcome->status = ets_auth_username_digest(session, "user", "password");
  if (outcome->status == ETS_OK)
    outcome->status = ets_auth_timestamp(session, 300);
  if (outcome->status == ETS_OK)
    outcome->status = ets_describe(&response, session, types, 1);
  if (outcome->status == ETS_OK)
    ets_object_walk(response, note, outcome);
}

static void send_summary(struct outcome *outcome, ets_session *session) {
  ets_object send;
  outcome->status = ets_send_summary(&send, session, 12043295, NULL);
  if (outcome->status == ETS_OK)
    ets_object_walk(send, note, outcome);
}

static void recipient_log(struct outcome *outcome, ets_session *session) {
  ets_recipient_query query = ETS_RECIPIENT_QUERY_INIT;
  ets_recipient_log *log;
  query.subscriber_key = "ann@example.com";
  outcome->status = ets_recipient_log_read(&log, session, &query, NULL);
  for (size_t i = 0; outcome->status == ETS_OK && i < log->event_count && i < 8; i++)
    ets_object_walk(log->events[i].event, note, outcome);
  ets_recipient_log_free(log);
}

static void report(struct outcome *outcome, ets_session *session) {
  ets_report_query query = ETS_REPORT_QUERY_INIT;
  ets_report *read;
  query.job_id = 12043295;
  query.domains_up_to = INT64_MAX;
  query.average = true;
  outcome->status = ets_report_read(&read, session, &query, NULL);
  if (outcome->status == ETS_OK)
    outcome->length = (size_t)snprintf(
        outcome->text, sizeof outcome->text, "%s %s %s %s %lld %zu %lld", read->subject,
        read->links[0].name, read->bounces[0].category, read->domains[0].name,
        (long long)read->clicks.count, read->average.sends, (long long)read->clicks.reach[0]);
  else
    assert_null(read);
  ets_report_free(read);
}

/* What was not asked for is not 0 either. */
static void report_alone(struct outcome *outcome, ets_session *session) {
  ets_report_query query = ETS_REPORT_QUERY_INIT;
  ets_report *read;
  query.job_id = 12043295;
  outcome->status = ets_report_read(&read, session, &query, NULL);
  for (int i = 0; outcome->status == ETS_OK && i < ETS_RATE_COUNT; i++)
    assert_true(read->average.rates.percent[i] < 0 && read->average.cumulated_clicks < 0);
  ets_report_free(read);
}

static void fault(struct outcome *outcome, ets_session *session) {
  ets_object response;
  outcome->status = ets_system_status(&response, session);
}

/* Runs it once on a session of its own, with the allocation number `at` failing. True while there
 * is such a one. */
static bool run(scenario *what, struct outcome *outcome, struct canned *canned, size_t at,
                bool onwards) {
  *outcome = (struct outcome){0};
  ets_session *session = NULL;
  canned_rewind(canned);
  long before = failing_blocks();
  failing_begin(at, onwards);
  outcome->status = open_session(&session, canned);
  if (outcome->status == ETS_OK)
    what(outcome, session);
  ets_session_free(session);
  canned_end(canned);
  size_t calls = failing_end();
  if (failing_blocks() != before)
    fail_msg("allocation %zu fails: %ld blocks are left", at, failing_blocks() - before);
  return at > 0 && calls >= at;
}

static void each_allocation(scenario *what, struct canned *canned, ets_status done) {
  static struct outcome whole, outcome;
  size_t n, survived = 0;
  run(what, &whole, canned, 0, false);
  assert_int_equal(whole.status, done);
  run(what, &outcome, canned, 0, false);
  assert_string_equal(outcome.text, whole.text);
  for (n = 1; run(what, &outcome, canned, n, true); n++)
    if (outcome.status != ETS_E_NOMEM)
      fail_msg("from allocation %zu on all fail: %s", n, ets_status_name(outcome.status));
  assert_int_equal(outcome.status, done);
  assert_true(n > 20);
  for (n = 1; run(what, &outcome, canned, n, false); n++) {
    if (outcome.status != ETS_E_NOMEM && outcome.status != done)
      fail_msg("allocation %zu fails: %s", n, ets_status_name(outcome.status));
    survived += outcome.status == done;
    if (outcome.status == done)
      assert_string_equal(outcome.text, whole.text);
  }
  assert_int_equal(outcome.status, done);
  print_message("%zu allocations; %zu single failures did no harm\n", n - 1, survived);
  assert_true(survived * 2 < n);
}

/* Answers come in small pieces, so that values run over the ends of gSOAP's buffer. */
static void over(scenario *what, ets_status done, const char *first, const char *second) {
  failing_end(); /* of a test that crashed */
  struct canned canned = {.piece = 61};
  char *answers[2] = {canned_add_file(&canned, DATA, first, 0),
                      second ? canned_add_file(&canned, DATA, second, 100) : NULL};
  assert_non_null(answers[0]);
  assert_true(!second || answers[1]);
  each_allocation(what, &canned, done);
  canned_end(&canned);
  free(answers[0]);
  free(answers[1]);
}

static void in_a_retrieve(void **state) {
  (void)state;
  over(retrieve, ETS_END, "rows-1", "rows-2");
}

static void in_a_create(void **state) {
  (void)state;
  over(create, ETS_E_PARTIAL, "created", NULL);
}

static void in_a_describe(void **state) {
  (void)state;
  over(describe, ETS_OK, "described", NULL);
}

static void in_a_send_summary(void **state) {
  (void)state;
  over(send_summary, ETS_OK, "send", NULL);
}

/* After the first answer the same rows answer whatever is asked. */
static void over_many(scenario *what, const char *first, const char *then, size_t requests) {
  failing_end();
  struct canned canned = {0};
  char *summary = first ? canned_add_file(&canned, DATA, first, 0) : NULL;
  char *rows = canned_add_file(&canned, DATA, then, 0);
  assert_true(rows && (summary || !first));
  for (; canned.count < requests; canned.count++) {
    canned.answers[canned.count] = rows;
    canned.sizes[canned.count] = canned.sizes[canned.count - 1];
  }
  each_allocation(what, &canned, ETS_OK);
  canned_end(&canned);
  free(summary);
  free(rows);
}

static void in_a_recipient_log(void **state) {
  (void)state;
  over_many(recipient_log, NULL, "recipient", CANNED_MAX);
}

static void in_a_report(void **state) {
  (void)state;
  over_many(report, "send", "tracked", CANNED_MAX);
}

static void in_a_report_alone(void **state) {
  (void)state;
  over_many(report_alone, "send", "tracked", CANNED_MAX);
}

static void in_a_fault(void **state) {
  (void)state;
  over(fault, ETS_E_LOGIN, "fault", NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(in_a_retrieve), cmocka_unit_test(in_a_create),
      cmocka_unit_test(in_a_describe), cmocka_unit_test(in_a_send_summary),
      cmocka_unit_test(in_a_fault),    cmocka_unit_test(in_a_recipient_log),
      cmocka_unit_test(in_a_report),   cmocka_unit_test(in_a_report_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
