/* Requests as bytes: what was set and nothing else, and what a row held goes back as it came. */
#include "unit.h"

#include "etH.h"
#include "object/copy.h"
#include "harness/bytes.h"
#include "wire/encode.h"

#include <etsoap/pool.h>

#define HEAD                                                           \
  "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" " \
  "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><s:Body>"   \
  "<RetrieveResponseMsg xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"
#define TAIL "</RetrieveResponseMsg></s:Body></s:Envelope>"

struct written {
  char text[4000];
  size_t size;
};

static int collect(struct soap *soap, const char *bytes, size_t size) {
  struct written *written = soap->user;
  assert_true(written->size + size < sizeof written->text);
  memcpy(written->text + written->size, bytes, size);
  written->size += size;
  return SOAP_OK;
}

/* The object as element `Objects`, without what an envelope declares. */
static void write_it(struct written *written, ets_object object) {
  static const struct Namespace namespaces[] = {
      {"SOAP-ENV", NULL, NULL, NULL},
      {"SOAP-ENC", NULL, NULL, NULL},
      {"xsi", "http://www.w3.org/2001/XMLSchema-instance", NULL, NULL},
      {"xsd", NULL, NULL, NULL},
      {"et", "http://exacttarget.com/wsdl/partnerAPI", NULL, NULL},
      {NULL, NULL, NULL, NULL}};
  struct soap *soap = soap_new1(SOAP_XML_TREE | SOAP_C_UTFSTRING);
  assert_non_null(soap);
  *written = (struct written){0};
  soap->user = written;
  soap->fsend = collect;
  soap_set_namespaces(soap, namespaces);
  assert_int_equal(soap_begin_send(soap), SOAP_OK);
  soap->ns = 2; /* the envelope has said the namespaces */
  assert_int_equal(ets_encode(soap, "Objects", object), SOAP_OK);
  assert_int_equal(soap_end_send(soap), SOAP_OK);
  soap_destroy(soap);
  soap_end(soap);
  soap_free(soap);
}

static void expect_written(ets_object object, const char *inside) {
  struct written written;
  char expected[2000];
  write_it(&written, object);
  snprintf(expected, sizeof expected, "<et:Objects>%s</et:Objects>", inside);
  expect_text(ets_object_type(object), written.text, expected);
}

static int new_pool(void **state) {
  *state = ets_pool_new();
  return *state ? 0 : -1;
}

static int free_pool(void **state) {
  ets_pool_free(*state);
  return 0;
}

/* --- objects of one's own -------------------------------------------------------------------- */

static void what_nobody_set_is_not_sent(void **state) {
  ets_pool *pool = *state;
  expect_written(ets_object_new(pool, "Account"), "");
  ets_object user = ets_object_new(pool, "AccountUser");
  ets_set_integer(pool, user, "AccountUserID", 5);
  expect_written(user, "<et:AccountUserID>5</et:AccountUserID>");
  ets_set(pool, user, "Delete", "0");
  expect_written(user, "<et:AccountUserID>5</et:AccountUserID><et:Delete>0</et:Delete>");
}

static void what_is_set_in_the_struct_itself_is_sent(void **state) {
  ets_pool *pool = *state;
  ets_object user = ets_object_new(pool, "AccountUser");
  struct et__AccountUser *data = ets_object_as(user, "AccountUser");
  data->Delete = 1;
  expect_written(user, "<et:Delete>1</et:Delete>");
  struct et__AccountUser own;
  memset(&own, 0, sizeof own);
  expect_written(ets_object_of("AccountUser", &own), "<et:Delete>0</et:Delete>");
}

static void objects_inside_keep_what_is_known_of_them(void **state) {
  ets_pool *pool = *state;
  ets_object definition = ets_object_new(pool, "BusinessRule");
  expect_written(definition, "");
  ets_object list = ets_object_new(pool, "CreateRequest");
  ets_object account = ets_object_new(pool, "Account");
  ets_set(pool, account, "Name", "A");
  ets_set_object(pool, list, "Objects", account);
  expect_written(list, "<et:Objects xsi:type=\"et:Account\"><et:Name>A</et:Name></et:Objects>");
  ets_set(pool, account, "AccountType", "None");
  expect_written(list, "<et:Objects xsi:type=\"et:Account\"><et:AccountType>None</et:AccountType>"
                       "<et:Name>A</et:Name></et:Objects>");
  expect_written(ets_object_copy(pool, list),
                 "<et:Objects xsi:type=\"et:Account\"><et:AccountType>None</et:AccountType>"
                 "<et:Name>A</et:Name></et:Objects>");
  assert_int_equal(ets_pool_status(pool), ETS_OK);
}

/* What was copied into another object's struct goes its own way from then on. */
static void a_copied_struct_has_notes_of_its_own(void **state) {
  ets_pool *pool = *state;
  ets_object options = ets_object_new(pool, "CreateOptions");
  ets_object first = ets_object_new(pool, "SaveOption");
  ets_set(pool, first, "PropertyName", "*");
  ets_set_object(pool, options, "SaveOptions.SaveOption", first);
  ets_set(pool, first, "SaveAction", "AddOnly");
  expect_written(options, "<et:SaveOptions><et:SaveOption><et:PropertyName>*</et:PropertyName>"
                          "</et:SaveOption></et:SaveOptions>");
  assert_int_equal(ets_pool_status(pool), ETS_OK);
}

/* --- rows sent back -------------------------------------------------------------------------- */

static void sent_back(ets_pool *pool, const char *row, const char *inside) {
  char text[2000];
  struct ets_arena arena = {0};
  struct ets_answer *answer;
  ets_object item;
  ets_error error;
  snprintf(text, sizeof text, HEAD "%s" TAIL, row);
  struct bytes from = {text, strlen(text), 0};
  struct ets_answer_source source = {&from, read_bytes};
  struct ets_answer_request request = {.response = ets_type_find("RetrieveResponseMsg", 19),
                                       .items = "Results",
                                       .peer = "the peer",
                                       .arena = &arena};
  if (ets_answer_open(&answer, &source, &request, &error) != ETS_OK ||
      ets_answer_next(answer, &item, &error) != ETS_OK)
    fail_msg("%s: %s", row, error.message);
  expect_written(item, inside);
  ets_object copy = ets_object_copy(pool, item);
  ets_answer_close(answer);
  ets_arena_free(&arena);
  expect_written(copy, inside);
}

static void rows_go_back_as_they_came(void **state) {
  ets_pool *pool = *state;
  sent_back(pool, "<Results xsi:type='Account'><Name>A</Name></Results>", "<et:Name>A</et:Name>");
  sent_back(pool,
            "<Results xsi:type='AccountUser'><AccountUserID>0012</AccountUserID><Delete/>"
            "<MustChangePassword>maybe</MustChangePassword><ActiveFlag xsi:nil='1'/></Results>",
            "<et:AccountUserID>0012</et:AccountUserID><et:MustChangePassword>maybe"
            "</et:MustChangePassword><et:ActiveFlag xsi:nil=\"true\"/><et:Delete></et:Delete>");
  sent_back(
      pool,
      "<Results xsi:type='Email'><ContentAreas><ID>1</ID></ContentAreas><ContentAreas "
      "xsi:nil='true'/><New a='1' xsi:type='T'><Deep>x&amp;y</Deep><Nil xsi:nil='true'/></New>"
      "<o:Other xmlns:o='urn:o' o:b='2'><In>z</In></o:Other></Results>",
      "<et:ContentAreas><et:ID>1</et:ID></et:ContentAreas><et:ContentAreas xsi:nil=\"true\"/>"
      "<et:New xsi:type=\"et:T\" a=\"1\"><et:Deep>x&amp;y</et:Deep><et:Nil xsi:nil=\"true\">"
      "</et:Nil></et:New><Other xmlns=\"urn:o\" xmlns:a0=\"urn:o\" a0:b=\"2\"><et:In>z</et:In>"
      "</Other>");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(what_nobody_set_is_not_sent, new_pool, free_pool),
      cmocka_unit_test_setup_teardown(what_is_set_in_the_struct_itself_is_sent, new_pool,
                                      free_pool),
      cmocka_unit_test_setup_teardown(objects_inside_keep_what_is_known_of_them, new_pool,
                                      free_pool),
      cmocka_unit_test_setup_teardown(a_copied_struct_has_notes_of_its_own, new_pool, free_pool),
      cmocka_unit_test_setup_teardown(rows_go_back_as_they_came, new_pool, free_pool),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
