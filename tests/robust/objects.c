/* Objects: made by name, set and read by path, walked, copied, sent and read back. */
#include "canned.h"

#include <etsoap/etsoap.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "contract/types.h"

#ifndef DATA
#error "DATA names the folder of the answers"
#endif

/* --- rows of an answer ----------------------------------------------------------------------- */

enum { ROWS_MAX = 8 };

/* All rows of rows-1 and rows-2, copied. */
struct rows {
  ets_pool *pool;
  ets_object at[ROWS_MAX];
  size_t count;
  ets_status status;
};

static ets_session *open_session(struct canned *canned) {
  ets_session *session;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  options.endpoint = "http://127.0.0.1:1/Service.asmx";
  options.retry.tries = 1;
  assert_int_equal(ets_session_new(&session, &options, NULL), ETS_OK);
  assert_int_equal(canned_install(session, canned), ETS_OK);
  assert_int_equal(ets_auth_token(session, "token"), ETS_OK);
  return session;
}

static int read_rows(void **state) {
  static struct rows rows;
  static const char *const properties[] = {"ID"};
  struct canned canned = {.piece = 100};
  char *first = canned_add_file(&canned, DATA, "rows-1", 0);
  char *second = canned_add_file(&canned, DATA, "rows-2", 64);
  ets_session *session = open_session(&canned);
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_retrieve request = ETS_RETRIEVE_INIT;
  request.object_type = "SentEvent";
  request.properties = properties;
  request.property_count = 1;
  rows = (struct rows){.pool = ets_pool_new()};
  rows.status = ets_cursor_open(&cursor, session, &request);
  while (rows.status == ETS_OK && rows.count < ROWS_MAX &&
         (rows.status = ets_cursor_next(cursor, &row)) == ETS_OK)
    rows.at[rows.count++] = ets_object_copy(rows.pool, row);
  ets_cursor_close(cursor);
  ets_session_free(session);
  canned_end(&canned);
  free(first);
  free(second);
  *state = &rows;
  return rows.status == ETS_END && rows.count == 7 ? 0 : -1;
}

static int free_rows(void **state) {
  ets_pool_free(((struct rows *)*state)->pool);
  return 0;
}

/* The session and its answer are gone by now, so this is about copies too. */
static void rows_are_of_the_type_they_name(void **state) {
  static const char *const kinds[] = {"SentEvent", "ClickEvent",          "BounceEvent",
                                      "APIObject", "DataExtensionObject", "Email",
                                      "LinkSend"};
  const struct rows *rows = *state;
  for (size_t i = 0; i < rows->count; i++)
    assert_string_equal(ets_object_type(rows->at[i]), kinds[i]);
  assert_true(ets_object_is(rows->at[0], "TrackingEvent"));
  assert_true(ets_object_is(rows->at[0], "APIObject"));
  assert_false(ets_object_is(rows->at[0], "ClickEvent"));
  assert_non_null(ets_object_as(rows->at[0], "SentEvent"));
  assert_null(ets_object_as(rows->at[0], "TrackingEvent"));
}

static void a_type_that_is_not_known_is_read_as_its_base(void **state) {
  ets_object row = ((struct rows *)*state)->at[3];
  assert_int_equal(ets_get_integer(row, "Client.ID", 0), 1059484);
  assert_string_equal(ets_get_text(row, "ObjectID"), "o-1");
  assert_string_equal(ets_get_text(row, "SomethingNew.Deep"), "1");
}

static void nil_empty_absent_and_present_differ(void **state) {
  ets_object row = ((struct rows *)*state)->at[0];
  assert_int_equal(ets_get(row, "PartnerKey").presence, ETS_NIL);
  assert_int_equal(ets_get(row, "TriggeredSendDefinitionObjectID").presence, ETS_EMPTY);
  assert_int_equal(ets_get(row, "CustomerKey").presence, ETS_ABSENT);
  assert_int_equal(ets_get(row, "SubscriberKey").presence, ETS_PRESENT);
  assert_null(ets_get_text(row, "PartnerKey"));
  assert_string_equal(ets_get_text(row, "TriggeredSendDefinitionObjectID"), "");
  ets_object columns = ((struct rows *)*state)->at[4];
  assert_int_equal(ets_get(columns, "City").presence, ETS_PRESENT);
  assert_int_equal(ets_get(columns, "Note").presence, ETS_EMPTY);
  assert_int_equal(ets_get(columns, "Gone").presence, ETS_NIL);
  assert_int_equal(ets_get(columns, "Never").presence, ETS_ABSENT);
}

static void properties_that_are_not_declared_are_found_by_name(void **state) {
  const struct rows *rows = *state;
  assert_string_equal(ets_get_text(rows->at[0], "ListID"), "77");
  assert_int_equal(ets_get_integer(rows->at[0], "SubscriberID", 0), 4711);
  assert_int_equal(ets_get(rows->at[0], "listid").presence, ETS_ABSENT);
  assert_string_equal(ets_get_text(rows->at[6], "ExtraColumn"), "42");
}

static void values_that_do_not_fit_are_kept_as_text(void **state) {
  const struct rows *rows = *state;
  assert_string_equal(ets_get_text(rows->at[2], "EventType"), "BounceOfANewKind");
  assert_int_equal(ets_get_integer(rows->at[2], "SMTPCode", 0), 550);
}

static void text_is_as_it_was_meant(void **state) {
  ets_object row = ((struct rows *)*state)->at[1];
  assert_string_equal(ets_get_text(row, "SubscriberKey"), "Bj\xc3\xb6rn & <Co>");
  assert_string_equal(ets_get_text(row, "URL"), "https://example.com/?a=1&b=2");
}

static void prepared_paths_read_rows_of_any_type(void **state) {
  const struct rows *rows = *state;
  ets_path path = ets_path_of("SendID");
  int64_t sum = 0;
  for (size_t i = 0; i < rows->count; i++)
    sum += ets_path_get(&path, rows->at[i]).integer;
  assert_int_equal(sum, 4 * (int64_t)12043295);
}

static int join_names(void *context, const char *name, const ets_value *value) {
  char *names = context;
  size_t used = strlen(names);
  (void)value;
  snprintf(names + used, 400 - used, "%s ", name);
  return strcmp(name, "EventDate") == 0 ? 7 : 0;
}

static void walking_goes_in_wire_order_until_told_to_stop(void **state) {
  char names[400] = "";
  const struct rows *rows = *state;
  assert_int_equal(ets_object_walk(rows->at[0], join_names, names), 7);
  assert_string_equal(names, "Client PartnerKey ListID SubscriberID ObjectID SendID SubscriberKey "
                             "EventDate ");
  names[0] = '\0';
  assert_int_equal(ets_object_walk(rows->at[4], join_names, names), 0);
  assert_string_equal(names, "City Note Gone ");
}

/* --- answers that nest ----------------------------------------------------------------------- */

/* An answer with a filter of so many levels. */
static char *nested(size_t levels) {
  static const char head[] =
      "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n"
      "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><s:Body><RetrieveResponseMsg "
      "xmlns=\"http://exacttarget.com/wsdl/partnerAPI\"><OverallStatus>OK</OverallStatus>"
      "<RequestID>1</RequestID><Results xsi:type=\"FilterDefinition\">"
      "<DataFilter xsi:type=\"ComplexFilterPart\">";
  static const char open[] = "<LeftOperand xsi:type=\"ComplexFilterPart\">";
  static const char close[] = "</LeftOperand>";
  static const char tail[] = "</DataFilter></Results></RetrieveResponseMsg></s:Body></s:Envelope>";
  size_t room = sizeof head + sizeof tail + levels * (sizeof open + sizeof close);
  char *answer = malloc(room);
  assert_non_null(answer);
  char *end = answer + snprintf(answer, room, "%s", head);
  for (size_t i = 0; i < levels; i++)
    end += snprintf(end, sizeof open, "%s", open);
  for (size_t i = 0; i < levels; i++)
    end += snprintf(end, sizeof close, "%s", close);
  snprintf(end, sizeof tail, "%s", tail);
  return answer;
}

static ets_status read_nested(size_t levels) {
  static const char *const properties[] = {"ID"};
  char *answer = nested(levels);
  struct canned canned = {.answers = {answer}, .sizes = {strlen(answer)}, .count = 1};
  ets_session *session = open_session(&canned);
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_pool *pool = ets_pool_new();
  ets_retrieve request = ETS_RETRIEVE_INIT;
  request.object_type = "FilterDefinition";
  request.properties = properties;
  request.property_count = 1;
  ets_status status = ets_cursor_open(&cursor, session, &request);
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    ets_object_copy(pool, row);
  assert_int_equal(ets_pool_status(pool), ETS_OK);
  ets_cursor_close(cursor);
  ets_pool_free(pool);
  ets_session_free(session);
  canned_end(&canned);
  free(answer);
  return status;
}

static void answers_nest_only_so_deep(void **state) {
  (void)state;
  assert_int_equal(read_nested(400), ETS_END);
  assert_int_equal(read_nested(600), ETS_E_PROTOCOL);
}

/* --- objects of one's own -------------------------------------------------------------------- */

static int new_pool(void **state) {
  *state = ets_pool_new();
  return *state ? 0 : -1;
}

static int free_pool(void **state) {
  ets_pool_free(*state);
  return 0;
}

static void paths_make_what_is_on_the_way(void **state) {
  ets_pool *pool = *state;
  ets_object object = ets_object_new(pool, "Subscriber");
  ets_set(pool, object, "EmailAddress", "ann@example.com");
  ets_set_integer(pool, object, "Client.ID", 77);
  ets_set(pool, object, "Status", "Active");
  ets_set(pool, object, "Attributes[0].Name", "City");
  ets_set(pool, object, "Attributes[0].Value", "Ulm");
  ets_set(pool, object, "Attributes[1].Name", "Street");
  ets_set(pool, object, "Lists[0].ID", "5");
  ets_set(pool, object, "UnsubscribedDate", "2026-11-01T00:00:00");
  ets_set(pool, object, "EmailAddress", "bob@example.com");
  assert_int_equal(ets_pool_status(pool), ETS_OK);
  assert_string_equal(ets_get_text(object, "EmailAddress"), "bob@example.com");
  assert_int_equal(ets_get_integer(object, "Client.ID", 0), 77);
  assert_string_equal(ets_get_text(object, "Status"), "Active");
  assert_string_equal(ets_get_text(object, "Attributes[0].Value"), "Ulm");
  assert_string_equal(ets_get_text(object, "Attributes[1].Name"), "Street");
  assert_int_equal(ets_get(object, "Attributes[2]").presence, ETS_ABSENT);
  assert_int_equal(ets_get_integer(object, "Lists[0].ID", 0), 5);
  assert_int_equal(ets_get(object, "UnsubscribedDate").kind, ETS_VALUE_DATETIME);
}

static void a_type_without_properties_has_objects(void **state) {
  ets_pool *pool = *state;
  ets_object outage = ets_object_new(pool, "SystemOutage");
  assert_string_equal(ets_object_type(outage), "SystemOutage");
  assert_non_null(outage.data);
  assert_string_equal(ets_object_type(ets_object_copy(pool, outage)), "SystemOutage");
  ets_set(pool, outage, "Name", "a");
  assert_string_equal(ets_pool_error(pool)->message, "SystemOutage has no property Name");
}

static void arrays_grow_past_any_size(void **state) {
  ets_pool *pool = *state;
  ets_object send = ets_object_new(pool, "EmailSendDefinition");
  char path[64];
  for (int i = 0; i < 100; i++) {
    snprintf(path, sizeof path, "SendDefinitionList[%d].Name", i);
    ets_set_integer(pool, send, path, i);
  }
  assert_int_equal(ets_pool_status(pool), ETS_OK);
  for (int i = 0; i < 100; i++) {
    snprintf(path, sizeof path, "SendDefinitionList[%d].Name", i);
    assert_int_equal(ets_get_integer(send, path, -1), i);
  }
}

/* The message of what is set wrongly, on a fresh pool. */
static void refused(const char *type, const char *path, const char *value, const char *message) {
  ets_pool *pool = ets_pool_new();
  ets_object object = ets_object_new(pool, type);
  if (path)
    ets_set(pool, object, path, value);
  if (ets_pool_status(pool) != ETS_E_USAGE || !strstr(ets_pool_error(pool)->message, message))
    fail_msg("%s %s: said '%s', not '%s'", type, path ? path : "", ets_pool_error(pool)->message,
             message);
  ets_pool_free(pool);
}

static void errors_suggest_what_would_be_right(void **state) {
  (void)state;
  refused("Subscribr", NULL, NULL, "Subscriber");
  refused("Options", NULL, NULL, "abstract");
  refused("Subscriber", "EmailAdress", "a", "EmailAddress");
  refused("Subscriber", "Status", "active", "Active");
  refused("Subscriber", "Client.ID", "x", "a whole number");
  refused("Subscriber", "Client.ID", "99999999999", "a whole number that fits");
  refused("Subscriber", "Client", "77", "an object, or a path to its members");
  refused("Subscriber", "EmailAddress.Name", "a", "is a value");
  refused("Subscriber", "EmailAddress[1]", "a", "no array");
  refused("Subscriber", "Attributes[1].Name", "a", "so 0 is next");
  refused("Subscriber", "Attributes[x].Name", "a", "expected names with dots and indexes");
  refused("Subscriber", "Client..ID", "1", "expected names with dots and indexes");
  refused("Subscriber", "", "1", "expected names with dots");
  refused("Email", "IsActive", "maybe", "true or false");
}

static void the_first_error_stays(void **state) {
  ets_pool *pool = *state;
  ets_object object = ets_object_new(pool, "Email");
  ets_set(pool, object, "Nam", "a");
  ets_set(pool, object, "Subject", "b");
  ets_set(pool, object, "Other", "c");
  assert_non_null(strstr(ets_pool_error(pool)->message, "Nam"));
  assert_int_equal(ets_get(object, "Subject").presence, ETS_ABSENT);
  assert_null(ets_object_new(pool, "Email").type);
  assert_null(ets_object_copy(pool, object).type);
  assert_int_equal(ets_pool_status(NULL), ETS_E_NOMEM);
  ets_set(NULL, object, "Name", "a");
}

static void nil_goes_in_and_out(void **state) {
  ets_pool *pool = *state;
  ets_object object = ets_object_new(pool, "AccountUser");
  ets_set_nil(pool, object, "ModifiedDate");
  ets_set_nil(pool, object, "AccountUserID");
  ets_set(pool, object, "Email", "");
  if (ets_pool_status(pool) != ETS_OK)
    fail_msg("%s", ets_pool_error(pool)->message);
  assert_int_equal(ets_get(object, "ModifiedDate").presence, ETS_NIL);
  assert_int_equal(ets_get(object, "AccountUserID").presence, ETS_NIL);
  assert_int_equal(ets_get(object, "Email").presence, ETS_EMPTY);
  ets_set_integer(pool, object, "AccountUserID", 5);
  assert_int_equal(ets_get_integer(object, "AccountUserID", 0), 5);
  ets_set_nil(pool, object, "Email");
  assert_int_equal(ets_pool_status(pool), ETS_E_USAGE);
  assert_non_null(strstr(ets_pool_error(pool)->message, "cannot be nil"));
}

static void a_derived_object_fits_where_its_base_is_declared(void **state) {
  ets_pool *pool = *state;
  ets_object definition = ets_object_new(pool, "FilterDefinition");
  ets_object part = ets_object_new(pool, "SimpleFilterPart");
  ets_set(pool, part, "Property", "Email");
  ets_set_object(pool, definition, "DataFilter", part);
  assert_int_equal(ets_pool_status(pool), ETS_OK);
  assert_string_equal(ets_object_type(ets_get(definition, "DataFilter").object),
                      "SimpleFilterPart");
  ets_object copy = ets_object_copy(pool, definition);
  ets_set(pool, part, "Property", "Changed");
  assert_string_equal(ets_get_text(copy, "DataFilter.Property"), "Email");
  assert_string_equal(ets_get_text(definition, "DataFilter.Property"), "Changed");
  ets_set_object(pool, definition, "DataFilter", ets_object_new(pool, "Email"));
  assert_non_null(strstr(ets_pool_error(pool)->message, "takes FilterPart, not Email"));
}

static void columns_of_a_data_extension_are_properties(void **state) {
  ets_pool *pool = *state;
  ets_object row = ets_object_new(pool, "DataExtensionObject");
  ets_set(pool, row, "CustomerKey", "people");
  ets_set(pool, row, "First Name", "Ann");
  ets_set(pool, row, "Dotted.Name[1]", "x");
  ets_set(pool, row, "First Name", "Bob");
  ets_set_integer(pool, row, "Age", 42);
  assert_int_equal(ets_pool_status(pool), ETS_OK);
  assert_string_equal(ets_get_text(row, "CustomerKey"), "people");
  assert_string_equal(ets_get_text(row, "First Name"), "Bob");
  assert_string_equal(ets_get_text(row, "Dotted.Name[1]"), "x");
  assert_int_equal(ets_get_integer(row, "Age", 0), 42);
  assert_string_equal(ets_get_text(row, "Properties.Property[0].Name"), "First Name");
  assert_int_equal(ets_get(row, "Properties.Property[3]").presence, ETS_ABSENT);
}

/* A column whose pair has no name, and Properties that are nil, are no reason to crash. */
static void odd_rows_take_columns_too(void **state) {
  ets_pool *pool = *state;
  ets_object row = ets_object_new(pool, "DataExtensionObject");
  ets_set(pool, row, "Properties.Property[0].Value", "nameless");
  ets_set(pool, row, "City", "Ulm");
  assert_string_equal(ets_get_text(row, "City"), "Ulm");
  ets_object other = ets_object_new(pool, "DataExtensionObject");
  ets_set_nil(pool, other, "PartnerKey");
  ets_set(pool, other, "City", "Ulm");
  assert_string_equal(ets_get_text(ets_object_copy(pool, other), "City"), "Ulm");
  assert_int_equal(ets_pool_status(pool), ETS_OK);
}

static void names_with_underscores_make_the_round_trip(void **state) {
  static char sent[16384];
  ets_pool *pool = *state;
  const struct ets_type *type = ets_type_find(ETS_NAME("Email"));
  if (!type || !ets_type_declares(type, "__AdditionalEmailAttribute1"))
    skip(); /* older contracts have no such name */
  struct canned canned = {.sent = sent, .sent_size = sizeof sent};
  char *answer = canned_add_file(&canned, DATA, "created-email", 0);
  ets_session *session = open_session(&canned);
  ets_batch_result result;
  ets_object email = ets_object_new(pool, "Email");
  ets_set(pool, email, "Name", "Hello");
  ets_set(pool, email, "__AdditionalEmailAttribute1", "first");
  assert_int_equal(ets_create(&result, session, &email, 1, NULL), ETS_OK);
  assert_non_null(strstr(sent, "<et:__AdditionalEmailAttribute1>first"
                               "</et:__AdditionalEmailAttribute1>"));
  assert_string_equal(ets_get_text(result.items[0].result, "Object.__AdditionalEmailAttribute1"),
                      "first");
  ets_session_free(session);
  canned_end(&canned);
  free(answer);
}

int main(void) {
  const struct CMUnitTest rows[] = {
      cmocka_unit_test(rows_are_of_the_type_they_name),
      cmocka_unit_test(a_type_that_is_not_known_is_read_as_its_base),
      cmocka_unit_test(nil_empty_absent_and_present_differ),
      cmocka_unit_test(properties_that_are_not_declared_are_found_by_name),
      cmocka_unit_test(values_that_do_not_fit_are_kept_as_text),
      cmocka_unit_test(text_is_as_it_was_meant),
      cmocka_unit_test(prepared_paths_read_rows_of_any_type),
      cmocka_unit_test(walking_goes_in_wire_order_until_told_to_stop),
  };
  const struct CMUnitTest own[] = {
      cmocka_unit_test(answers_nest_only_so_deep),
      cmocka_unit_test_setup_teardown(paths_make_what_is_on_the_way, new_pool, free_pool),
      cmocka_unit_test_setup_teardown(a_type_without_properties_has_objects, new_pool, free_pool),
      cmocka_unit_test_setup_teardown(arrays_grow_past_any_size, new_pool, free_pool),
      cmocka_unit_test(errors_suggest_what_would_be_right),
      cmocka_unit_test_setup_teardown(the_first_error_stays, new_pool, free_pool),
      cmocka_unit_test_setup_teardown(nil_goes_in_and_out, new_pool, free_pool),
      cmocka_unit_test_setup_teardown(a_derived_object_fits_where_its_base_is_declared, new_pool,
                                      free_pool),
      cmocka_unit_test_setup_teardown(columns_of_a_data_extension_are_properties, new_pool,
                                      free_pool),
      cmocka_unit_test_setup_teardown(odd_rows_take_columns_too, new_pool, free_pool),
      cmocka_unit_test_setup_teardown(names_with_underscores_make_the_round_trip, new_pool,
                                      free_pool),
  };
  int failed = cmocka_run_group_tests(rows, read_rows, free_rows);
  return failed + cmocka_run_group_tests(own, NULL, NULL);
}
