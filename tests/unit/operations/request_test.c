/* Requests: an operation that the contract lacks is named, and so is what cannot be filled in. */
#include "unit.h"

#include "operations/request.h"

static void fill_status(ets_pool *pool, ets_object request, const void *options) {
  (void)options;
  ets_set_object(pool, request, "Options", ets_object_new(pool, "SystemStatusOptions"));
}

static void fill_wrongly(ets_pool *pool, ets_object request, const void *path) {
  ets_set(pool, request, path, "1");
}

static ets_session *new_session(void) {
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  ets_session *session;
  ets_error error;
  assert_int_equal(ets_session_new(&session, &options, &error), ETS_OK);
  return session;
}

static void test_an_operation_that_the_contract_lacks(void **state) {
  (void)state;
  struct ets_operation lacking = ets_operations[ETS_OP_RETRIEVE];
  lacking.name = "Reticulate";
  lacking.request = "ReticulateRequestMsg";
  ets_session *session = new_session();
  ets_pool *pool = ets_pool_new();
  ets_object request;
  assert_int_equal(ets_request_make(&request, pool, session, &lacking, fill_status, NULL),
                   ETS_E_USAGE);
  assert_null(request.type);
  expect_text("make", session->error.message, "this contract has no operation Reticulate");
  assert_int_equal(ets_request_send(&request, session, &lacking, fill_status, NULL), ETS_E_USAGE);
  expect_text("send", session->error.message, "this contract has no operation Reticulate");
  ets_pool_free(pool);
  ets_session_free(session);
}

static void test_what_is_filled_in(void **state) {
  (void)state;
  const struct ets_operation *operation = &ets_operations[ETS_OP_GET_SYSTEM_STATUS];
  ets_session *session = new_session();
  ets_pool *pool = ets_pool_new();
  ets_object request;
  assert_int_equal(ets_request_make(&request, pool, session, operation, fill_status, NULL), ETS_OK);
  expect_text("kind", ets_object_type(request), operation->request);
  assert_int_equal(ets_get(request, "Options").presence, ETS_PRESENT);
  assert_int_equal(ets_request_make(&request, pool, session, operation, fill_wrongly, "Optoins"),
                   ETS_E_USAGE);
  assert_null(request.type);
  expect_part("wrong", session->error.message, "has no property Optoins");
  ets_pool_free(pool);
  assert_int_equal(ets_request_make(&request, NULL, session, operation, fill_status, NULL),
                   ETS_E_NOMEM);
  ets_session_free(session);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_an_operation_that_the_contract_lacks),
      cmocka_unit_test(test_what_is_filled_in),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
