/* Several exchanges on one session, errors that do not stay, calls that are ended by the program,
 * stubs beside cursors: what a session's parts have to do with each other. */
#include "canned.h"

#include <etsoap/etsoap.h>
#include <etsoap/stubs.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define ENVELOPE(body)                                               \
  "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' " \
  "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><s:Body>" body "</s:Body></s:Envelope>"
#define RETRIEVED(status, rows)                                                                \
  ENVELOPE("<RetrieveResponseMsg xmlns='http://exacttarget.com/wsdl/partnerAPI'>"              \
           "<OverallStatus>" status "</OverallStatus><RequestID>r-" status "</RequestID>" rows \
           "</RetrieveResponseMsg>")
#define ROW(name) "<Results xsi:type='List'><CustomerKey>" name "</CustomerKey></Results>"
#define STATUS(text)                                                                  \
  ENVELOPE("<SystemStatusResponseMsg xmlns='http://exacttarget.com/wsdl/partnerAPI'>" \
           "<Results><Result><StatusCode>OK</StatusCode><StatusMessage>" text         \
           "</StatusMessage><SystemStatus>OK</SystemStatus></Result></Results>"       \
           "<OverallStatus>OK</OverallStatus><RequestID>r</RequestID>"                \
           "</SystemStatusResponseMsg>")
#define FAULT(text)                                                                      \
  ENVELOPE("<s:Fault><faultcode>s:Server</faultcode><faultstring>" text "</faultstring>" \
           "</s:Fault>")

struct fixture {
  ets_session *session;
  struct canned canned;
  char *answers[CANNED_MAX];
};

static int set_up(void **state) {
  struct fixture *fixture = calloc(1, sizeof *fixture);
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  options.endpoint = "http://127.0.0.1:1/Service.asmx";
  options.retry.tries = 1;
  options.receive_timeout = 20;
  *state = fixture;
  return !fixture || ets_session_new(&fixture->session, &options, NULL) != ETS_OK ||
         ets_auth_username(fixture->session, "user", "password") != ETS_OK ||
         canned_install(fixture->session, &fixture->canned) != ETS_OK;
}

static int tear_down(void **state) {
  struct fixture *fixture = *state;
  ets_session_free(fixture->session);
  canned_end(&fixture->canned);
  for (size_t i = 0; i < CANNED_MAX; i++)
    free(fixture->answers[i]);
  free(fixture);
  return 0;
}

/* The next answer of the service. */
static void answers(struct fixture *fixture, const char *status, const char *body) {
  struct canned *canned = &fixture->canned;
  size_t room = strlen(body) + 200;
  char *text = malloc(room);
  assert_non_null(text);
  snprintf(text, room,
           "HTTP/1.1 %s\r\nContent-Type: text/xml; charset=utf-8\r\nConnection: close\r\n"
           "Content-Length: %zu\r\n\r\n%s",
           status, strlen(body), body);
  fixture->answers[canned->count] = text;
  canned->answers[canned->count] = text;
  canned->sizes[canned->count++] = strlen(text);
}

static ets_cursor *open_cursor(struct fixture *fixture) {
  static const char *const properties[] = {"CustomerKey"};
  ets_retrieve request = ETS_RETRIEVE_INIT;
  ets_cursor *cursor;
  request.object_type = "List";
  request.properties = properties;
  request.property_count = 1;
  if (ets_cursor_open(&cursor, fixture->session, &request) != ETS_OK)
    fail_msg("%s", ets_session_error(fixture->session)->message);
  return cursor;
}

static void next_is(ets_cursor *cursor, const char *key) {
  ets_object row;
  ets_status status = ets_cursor_next(cursor, &row);
  if (!key) {
    assert_int_equal(status, ETS_END);
    return;
  }
  assert_int_equal(status, ETS_OK);
  assert_string_equal(ets_get_text(row, "CustomerKey"), key);
}

static ets_status retrieve_by_stub(struct fixture *fixture, char *object_type,
                                   struct _et__RetrieveResponseMsg *response) {
  struct et__RetrieveRequest request = {.ObjectType = object_type};
  struct _et__RetrieveRequestMsg message = {&request};
  struct soap *soap = ets_stub_begin(fixture->session);
  assert_non_null(soap);
  soap_call___et__Retrieve(soap, ets_session_endpoint(fixture->session), "Retrieve", &message,
                           response);
  return ets_stub_end(fixture->session);
}

/* --- several at once ------------------------------------------------------------------------- */

static void cursors_take_turns(void **state) {
  struct fixture *fixture = *state;
  answers(fixture, "200 OK", RETRIEVED("MoreDataAvailable", ROW("a1") ROW("a2")));
  answers(fixture, "200 OK", RETRIEVED("MoreDataAvailable", ROW("b1")));
  answers(fixture, "200 OK", RETRIEVED("OK", ROW("b2")));
  answers(fixture, "200 OK", RETRIEVED("OK", ROW("a3")));
  ets_cursor *a = open_cursor(fixture);
  ets_cursor *b = open_cursor(fixture);
  next_is(a, "a1");
  next_is(b, "b1");
  next_is(b, "b2");
  next_is(a, "a2");
  next_is(b, NULL);
  next_is(a, "a3");
  next_is(a, NULL);
  ets_cursor_close(a);
  ets_cursor_close(b);
  assert_int_equal(ets_session_counters(fixture->session)->pages, 4);
  assert_int_equal(ets_session_counters(fixture->session)->rows, 5);
}

static void a_cursor_closed_early_costs_the_others_nothing(void **state) {
  struct fixture *fixture = *state;
  answers(fixture, "200 OK", RETRIEVED("OK", ROW("a1") ROW("a2")));
  answers(fixture, "200 OK", RETRIEVED("OK", ROW("b1") ROW("b2")));
  answers(fixture, "200 OK", STATUS("up"));
  ets_cursor *a = open_cursor(fixture);
  ets_cursor *b = open_cursor(fixture);
  ets_object status;
  next_is(a, "a1");
  next_is(b, "b1");
  ets_cursor_close(b);
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_OK);
  next_is(a, "a2");
  next_is(a, NULL);
  ets_cursor_close(a);
}

static void what_a_call_returned_outlives_cursors(void **state) {
  struct fixture *fixture = *state;
  answers(fixture, "200 OK", STATUS("all is well"));
  answers(fixture, "200 OK", RETRIEVED("OK", ROW("a1") ROW("a2")));
  ets_object status;
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_OK);
  ets_cursor *a = open_cursor(fixture);
  next_is(a, "a1");
  next_is(a, "a2");
  next_is(a, NULL);
  ets_cursor_close(a);
  assert_string_equal(ets_get_text(status, "Results.Result[0].StatusMessage"), "all is well");
}

static void a_row_that_is_kept_outlives_its_cursor(void **state) {
  struct fixture *fixture = *state;
  answers(fixture, "200 OK", RETRIEVED("OK", ROW("a1") ROW("a2")));
  answers(fixture, "200 OK", RETRIEVED("OK", ROW("b1")));
  answers(fixture, "200 OK", STATUS("up"));
  ets_cursor *a = open_cursor(fixture);
  ets_object kept, status;
  assert_int_equal(ets_cursor_next(a, &kept), ETS_OK);
  ets_cursor_keep(a);
  ets_cursor_close(a);
  ets_cursor *b = open_cursor(fixture);
  next_is(b, "b1");
  ets_cursor_close(b);
  assert_string_equal(ets_get_text(kept, "CustomerKey"), "a1");
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_OK);
}

/* --- errors ---------------------------------------------------------------------------------- */

static void a_success_clears_the_error(void **state) {
  struct fixture *fixture = *state;
  ets_object status;
  const ets_error *error = ets_session_error(fixture->session);
  answers(fixture, "500 Error", FAULT("Rate Limited"));
  answers(fixture, "200 OK", STATUS("up"));
  answers(fixture, "500 Error", FAULT("Rate Limited"));
  answers(fixture, "200 OK", RETRIEVED("OK", ROW("a1")));
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_E_LIMITED);
  assert_int_equal(error->status, ETS_E_LIMITED);
  assert_string_equal(error->operation, "GetSystemStatus");
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_OK);
  assert_int_equal(error->status, ETS_OK);
  assert_string_equal(error->message, "");
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_E_LIMITED);
  ets_cursor *a = open_cursor(fixture);
  next_is(a, "a1");
  assert_int_equal(error->status, ETS_OK);
  ets_cursor_close(a);
}

static void a_cursor_that_failed_says_why_again(void **state) {
  struct fixture *fixture = *state;
  const ets_error *error = ets_session_error(fixture->session);
  ets_object row, status;
  answers(fixture, "200 OK", RETRIEVED("Error: too old", ROW("a1")));
  answers(fixture, "200 OK", STATUS("up"));
  ets_cursor *a = open_cursor(fixture);
  next_is(a, "a1");
  assert_int_equal(ets_cursor_next(a, &row), ETS_E_REFUSED);
  ets_error first = *error;
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_OK);
  assert_int_equal(ets_cursor_next(a, &row), ETS_E_REFUSED);
  assert_string_equal(error->message, "the service refuses: too old");
  assert_memory_equal(error, &first, sizeof first);
  ets_cursor_close(a);
}

/* --- what is sent ---------------------------------------------------------------------------- */

/* Structs of the program's own, which nothing has looked at before. */
static void text_that_xml_cannot_carry_is_not_sent(void **state) {
  struct fixture *fixture = *state;
  static char *const texts[] = {"a\x01z", "half \xC3", "\xED\xA0\x80"};
  const ets_error *error = ets_session_error(fixture->session);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct et__List list = {.ListName = texts[i]};
    ets_object object = ets_object_of("List", &list);
    ets_batch_result result;
    assert_int_equal(ets_create(&result, fixture->session, &object, 1, NULL), ETS_E_USAGE);
    assert_non_null(strstr(error->message, "the text of <ListName> holds a control character"));
    struct _et__RetrieveResponseMsg response;
    assert_int_equal(retrieve_by_stub(fixture, texts[i], &response), ETS_E_USAGE);
    assert_non_null(strstr(error->message, "the text of <ObjectType> holds a control character"));
  }
  assert_int_equal(ets_session_counters(fixture->session)->requests, 0);
}

static void credentials_that_are_quoted_do_not_show(void **state) {
  struct fixture *fixture = *state;
  ets_object status;
  answers(fixture, "500 Error", FAULT("wrong: password, or is it pass&#119;ord"));
  answers(fixture, "200 OK", RETRIEVED("Error: password is password", ""));
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_E_FAULT);
  assert_string_equal(ets_session_error(fixture->session)->message,
                      "the service answered wrong: ***, or is it ***");
  static const char *const properties[] = {"CustomerKey"};
  ets_retrieve request = ETS_RETRIEVE_INIT;
  ets_cursor *cursor;
  request.object_type = "List";
  request.properties = properties;
  request.property_count = 1;
  assert_int_equal(ets_cursor_open(&cursor, fixture->session, &request), ETS_E_REFUSED);
  assert_string_equal(ets_session_error(fixture->session)->message,
                      "the service refuses: *** is ***");
}

/* --- ended by the program -------------------------------------------------------------------- */

static bool after_some(void *context) {
  int *left = context;
  return --*left <= 0;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void a_call_ends_while_nothing_arrives(void **state) {
  struct fixture *fixture = *state;
  ets_object status;
  int left = 3;
  fixture->canned.silent = true;
  ets_session_on_wait(fixture->session, after_some, &left);
  double start = now();
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_E_ABORTED);
  assert_true(now() - start < 10);
  assert_int_equal(ets_session_error(fixture->session)->status, ETS_E_ABORTED);
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_E_ABORTED);
  assert_int_equal(ets_session_counters(fixture->session)->requests, 1);
}

/* What was ended before anything went out has no fate to wonder about. */
static void a_write_that_never_began_was_not_sent(void **state) {
  struct fixture *fixture = *state;
  ets_batch_result result;
  int left = 1;
  ets_pool *pool = ets_pool_new();
  ets_object list = ets_object_new(pool, "List");
  ets_set(pool, list, "ListName", "a");
  answers(fixture, "200 OK", STATUS("up"));
  ets_session_on_wait(fixture->session, after_some, &left);
  assert_int_equal(ets_create(&result, fixture->session, &list, 1, NULL), ETS_E_ABORTED);
  assert_int_equal(ets_session_counters(fixture->session)->requests, 0);
  assert_int_equal(result.items[0].status, ETS_E_ABORTED);
  assert_false(result.items[0].sent);
  ets_pool_free(pool);
}

static void a_call_goes_on_when_the_program_wants(void **state) {
  struct fixture *fixture = *state;
  ets_object status;
  int left = 1;
  answers(fixture, "200 OK", STATUS("up"));
  ets_session_on_wait(fixture->session, after_some, &left);
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_E_ABORTED);
  ets_session_on_wait(fixture->session, NULL, NULL);
  assert_int_equal(ets_system_status(&status, fixture->session), ETS_OK);
}

/* Between two pages; what was handed out before is there. */
static void a_cursor_ends_with_its_rows_kept(void **state) {
  struct fixture *fixture = *state;
  ets_object row;
  int left = 1000000;
  answers(fixture, "200 OK", RETRIEVED("MoreDataAvailable", ROW("a1")));
  ets_session_on_wait(fixture->session, after_some, &left);
  ets_cursor *a = open_cursor(fixture);
  assert_int_equal(ets_cursor_next(a, &row), ETS_OK);
  left = 1;
  ets_object none;
  assert_int_equal(ets_cursor_next(a, &none), ETS_E_ABORTED);
  assert_int_equal(ets_cursor_next(a, &none), ETS_E_ABORTED);
  assert_string_equal(ets_session_error(fixture->session)->operation, "Retrieve");
  ets_cursor_close(a);
}

/* --- stubs ----------------------------------------------------------------------------------- */

static ets_status ask_by_stub(struct fixture *fixture,
                              struct _et__SystemStatusResponseMsg *response) {
  struct _et__SystemStatusRequestMsg request;
  struct soap *soap = ets_stub_begin(fixture->session);
  assert_non_null(soap);
  soap_default__et__SystemStatusRequestMsg(soap, &request);
  soap_call___et__GetSystemStatus(soap, ets_session_endpoint(fixture->session), "GetSystemStatus",
                                  &request, response);
  return ets_stub_end(fixture->session);
}

static void a_stub_works_beside_a_cursor(void **state) {
  struct fixture *fixture = *state;
  struct _et__SystemStatusResponseMsg response;
  answers(fixture, "200 OK", RETRIEVED("MoreDataAvailable", ROW("a1")));
  answers(fixture, "200 OK", STATUS("up"));
  answers(fixture, "200 OK", RETRIEVED("OK", ROW("a2")));
  ets_cursor *a = open_cursor(fixture);
  next_is(a, "a1");
  assert_int_equal(ask_by_stub(fixture, &response), ETS_OK);
  next_is(a, "a2");
  next_is(a, NULL);
  ets_cursor_close(a);
  assert_string_equal(response.OverallStatus, "OK");
  assert_int_equal(ets_session_counters(fixture->session)->requests, 3);
}

static void a_stub_fails_as_a_helper_does(void **state) {
  struct fixture *fixture = *state;
  struct _et__SystemStatusResponseMsg response;
  const ets_error *error = ets_session_error(fixture->session);
  answers(fixture, "500 Error", FAULT("Rate Limited for password"));
  answers(fixture, "502 Bad", "<html>");
  answers(fixture, "200 OK", STATUS("up"));
  assert_int_equal(ask_by_stub(fixture, &response), ETS_E_FAULT);
  assert_string_equal(error->message, "the service answered Rate Limited for ***");
  assert_string_equal(error->operation, "GetSystemStatus");
  assert_int_equal(error->http_status, 500);
  assert_int_equal(ask_by_stub(fixture, &response), ETS_E_HTTP);
  assert_int_equal(ask_by_stub(fixture, &response), ETS_OK);
  assert_int_equal(error->status, ETS_OK);
  /* There are no more answers. */
  assert_int_equal(ask_by_stub(fixture, &response), ETS_E_CUT);
}

static void an_error_in_the_status_is_one_of_the_stub(void **state) {
  struct fixture *fixture = *state;
  static const struct {
    const char *status;
    ets_status means;
  } cases[] = {{"Error: not allowed", ETS_E_REFUSED},
               {"Has Errors", ETS_E_PARTIAL},
               {"MoreDataAvailable", ETS_OK},
               {"OK</OverallStatus><OverallStatus>Error", ETS_E_PROTOCOL},
               {"OK", ETS_OK},
               {"Queued up", ETS_E_REFUSED}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char body[2000];
    struct _et__RetrieveResponseMsg response;
    snprintf(body, sizeof body, RETRIEVED("%s", ROW("a1")), cases[i].status, cases[i].status);
    answers(fixture, "200 OK", body);
    assert_int_equal(retrieve_by_stub(fixture, "List", &response), cases[i].means);
    if (cases[i].means != ETS_E_PROTOCOL)
      assert_int_equal(response.__sizeResults, 1);
  }
}

/* --- what etwsdl says of readers -------------------------------------------------------------- */

/* The row of an answer that comes twice: what the stub makes of it, and the helpers. */
static struct et__APIObject *read_twice(ets_cursor **cursor, ets_object *row,
                                        struct fixture *fixture, const char *body) {
  struct _et__RetrieveResponseMsg response;
  answers(fixture, "200 OK", body);
  answers(fixture, "200 OK", body);
  assert_int_equal(retrieve_by_stub(fixture, "Any", &response), ETS_OK);
  assert_int_equal(response.__sizeResults, 1);
  *cursor = open_cursor(fixture);
  assert_int_equal(ets_cursor_next(*cursor, row), ETS_OK);
  return response.Results;
}

/* Neither stubs nor helpers hold a service to the order of the contract. */
static void fields_are_read_in_any_order(void **state) {
  static const char body[] =
      ENVELOPE("<RetrieveResponseMsg xmlns='http://exacttarget.com/wsdl/partnerAPI'>"
               "<Results xsi:type='BounceEvent'><SMTPReason>full</SMTPReason>"
               "<BounceCategory>Soft</BounceCategory><BatchID>7</BatchID>"
               "<EventDate>2026-11-02T10:00:00</EventDate><SubscriberKey>ann</SubscriberKey>"
               "<SendID>5</SendID><PartnerProperties><Name>a</Name><Value>1</Value>"
               "</PartnerProperties><Client><ID>9</ID><ClientID>8</ClientID></Client>"
               "<PartnerProperties><Name>b</Name><Value>2</Value></PartnerProperties></Results>"
               "<RequestID>r</RequestID><OverallStatus>OK</OverallStatus></RetrieveResponseMsg>");
  struct fixture *fixture = *state;
  ets_cursor *cursor;
  ets_object row;
  const struct et__BounceEvent *bounce =
      read_twice(&cursor, &row, fixture, body)->et__TrackingEvent->et__BounceEvent;
  assert_non_null(bounce);
  assert_string_equal(bounce->SMTPReason, "full");
  assert_string_equal(bounce->BounceCategory, "Soft");
  assert_int_equal(*bounce->SendID, 5);
  assert_int_equal(*bounce->BatchID, 7);
  assert_int_equal(*bounce->Client->ID, 9);
  assert_int_equal(*bounce->Client->ClientID, 8);
  assert_int_equal(bounce->__sizePartnerProperties, 2);
  assert_string_equal(ets_get_text(row, "SMTPReason"), "full");
  assert_string_equal(ets_get_text(row, "BounceCategory"), "Soft");
  assert_int_equal(ets_get_integer(row, "SendID", -1), 5);
  assert_int_equal(ets_get_integer(row, "BatchID", -1), 7);
  assert_int_equal(ets_get_integer(row, "Client.ID", -1), 9);
  assert_string_equal(ets_get_text(row, "PartnerProperties[1].Value"), "2");
  ets_cursor_close(cursor);
}

/* The struct of a stub has room for one of a choice; the helpers have the other one, too. */
static void both_of_a_choice(void **state) {
  static const char body[] =
      RETRIEVED("OK", "<Results xsi:type='ImportDefinitionFieldMap'><SourceName>a</SourceName>"
                      "<SourceOrdinal>3</SourceOrdinal><DestinationName>b</DestinationName>"
                      "</Results>");
  struct fixture *fixture = *state;
  ets_cursor *cursor;
  ets_object row;
  const struct et__ImportDefinitionFieldMap *map =
      read_twice(&cursor, &row, fixture, body)->et__ImportDefinitionFieldMap;
  assert_non_null(map);
  assert_string_equal(map->DestinationName, "b");
  assert_int_equal(map->__union_ImportDefinitionFieldMap,
                   SOAP_UNION__et__union_ImportDefinitionFieldMap_SourceName);
  assert_string_equal(map->union_ImportDefinitionFieldMap.SourceName, "a");
  assert_string_equal(ets_get_text(row, "SourceName"), "a");
  assert_int_equal(ets_get_integer(row, "SourceOrdinal", -1), 3);
  ets_cursor_close(cursor);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(cursors_take_turns),
      TEST(a_cursor_closed_early_costs_the_others_nothing),
      TEST(what_a_call_returned_outlives_cursors),
      TEST(a_row_that_is_kept_outlives_its_cursor),
      TEST(a_success_clears_the_error),
      TEST(a_cursor_that_failed_says_why_again),
      TEST(text_that_xml_cannot_carry_is_not_sent),
      TEST(credentials_that_are_quoted_do_not_show),
      TEST(a_call_ends_while_nothing_arrives),
      TEST(a_write_that_never_began_was_not_sent),
      TEST(a_call_goes_on_when_the_program_wants),
      TEST(a_cursor_ends_with_its_rows_kept),
      TEST(a_stub_works_beside_a_cursor),
      TEST(fields_are_read_in_any_order),
      TEST(both_of_a_choice),
      TEST(a_stub_fails_as_a_helper_does),
      TEST(an_error_in_the_status_is_one_of_the_stub),
  };
  return cmocka_run_group_tests_name("exchanges", tests, NULL, NULL);
}
