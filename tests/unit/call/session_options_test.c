/* Options of a session: what is out of range is named, and a program that was compiled with an
 * older version of them goes on. */
#include "call/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <etsoap/session.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void what_is_out_of_range_is_named(void **state) {
  (void)state;
  for (unsigned i = 0; i < ETS_SESSION_NUMBER_COUNT; i++) {
    const struct ets_session_number *number = &ets_session_numbers[i];
    ets_session_options options = ETS_SESSION_OPTIONS_INIT;
    ets_session *session;
    ets_error error;
    ets_session_options_set(&options, (enum ets_session_number_id)i, number->least - 1);
    assert_int_equal(ets_session_new(&session, &options, &error), ETS_E_USAGE);
    assert_null(session);
    if (!strstr(error.message, number->name) || !strstr(error.message, "expected "))
      fail_msg("%s: %s", number->name, error.message);
    ets_session_options_set(&options, (enum ets_session_number_id)i, number->least);
    assert_int_equal(ets_session_new(&session, &options, &error), ETS_OK);
    ets_session_free(session);
  }
}

static void retries_are_checked(void **state) {
  (void)state;
  static const ets_retry wrong[] = {{0, 1, 1, 1, false, 0},
                                    {1, -1, 1, 1, false, 0},
                                    {1, 1, -1, 1, false, 0},
                                    {1, 1, 1, -1, false, 0},
                                    {1, 1, 1, 1, false, -1}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    ets_session_options options = ETS_SESSION_OPTIONS_INIT;
    ets_session *session;
    options.retry = wrong[i];
    assert_int_equal(ets_session_new(&session, &options, NULL), ETS_E_USAGE);
  }
}

/* In memory that ends where version 1 did. */
static void the_first_version_is_taken(void **state) {
  (void)state;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT, full;
  size_t size = offsetof(ets_session_options, no_proxy);
  ets_session_options *first = malloc(size);
  ets_session *session;
  assert_non_null(first);
  options.version = 1;
  options.receive_timeout = 7;
  memcpy(first, &options, size);
  assert_int_equal(ets_session_options_read(&full, first, NULL), ETS_OK);
  assert_int_equal(full.receive_timeout, 7);
  assert_int_equal(full.total_timeout, options.total_timeout);
  assert_int_equal(full.max_nesting, options.max_nesting);
  assert_int_equal(ets_session_new(&session, first, NULL), ETS_OK);
  ets_session_free(session);
  free(first);
}

static void other_versions_are_refused(void **state) {
  (void)state;
  static const unsigned versions[] = {0, ETS_SESSION_OPTIONS_VERSION + 1, UINT_MAX};
  for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
    ets_session_options options = ETS_SESSION_OPTIONS_INIT;
    ets_session *session;
    ets_error error;
    options.version = versions[i];
    assert_int_equal(ets_session_new(&session, &options, &error), ETS_E_USAGE);
    assert_non_null(strstr(error.message, "ETS_SESSION_OPTIONS_INIT"));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_out_of_range_is_named),
      cmocka_unit_test(retries_are_checked),
      cmocka_unit_test(the_first_version_is_taken),
      cmocka_unit_test(other_versions_are_refused),
  };
  return cmocka_run_group_tests_name("session_options", tests, NULL, NULL);
}
