/* Checks of filters that no text stands for: tests/filter/cases has the others. */
#include "unit.h"

#include <etsoap/filter.h>

/* What a builder made has no place in a text. */
static void names_no_column_of_builders(void **state) {
  (void)state;
  ets_error error;
  ets_filter *filter = ets_filter_equals("SendDI", "1");
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  assert_string_equal(error.message,
                      "filter: SentEvent has no property SendDI; did you mean SendID?");
  ets_filter_free(filter);
}

static void lets_pass_what_is_left_unchecked(void **state) {
  (void)state;
  ets_error error;
  ets_filter *filter =
      ets_filter_and(ets_filter_equals("ProgramID", "x"), ets_filter_equals("SendID", "y"));
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  ets_filter_leave_unchecked(filter, true);
  ets_filter *copy = ets_filter_copy(filter);
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_OK);
  assert_int_equal(ets_filter_check(copy, "SentEvent", &error), ETS_OK);
  ets_filter_leave_unchecked(filter, false);
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  ets_filter_free(copy);
  ets_filter_free(filter);
  filter = ets_filter_in("SendID", NULL, 0);
  ets_filter_leave_unchecked(filter, true);
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  ets_filter_free(filter);
}

static void cuts_long_values_at_a_character(void **state) {
  (void)state;
  ets_error error;
  char value[200] = "x";
  for (size_t i = 1; i + 2 < sizeof value; i += 2)
    memcpy(value + i, "\xC3\xA4", 3);
  ets_filter *filter = ets_filter_equals("SendID", value);
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  expect_part("a cut value", error.message, "\xC3\xA4...'");
  ets_filter_free(filter);
}

/* A name that is near, but too long to be shown whole, is not shown cut. */
static void suggests_whole_names_only(void **state) {
  (void)state;
  ets_error error;
  char property[220] = "Clint.ID";
  ets_filter *filter = ets_filter_equals(property, "1");
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  expect_part("a path", error.message, "did you mean Client.ID?");
  ets_filter_free(filter);
  for (size_t i = strlen("Clint."); i + 3 < sizeof property; i += 3)
    memcpy(property + i, "\xE0\xB6\xB0", 4);
  filter = ets_filter_equals(property, "1");
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  expect_part("a long path", error.message, "; its Describe lists what it has");
  ets_filter_free(filter);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_no_column_of_builders),
      cmocka_unit_test(lets_pass_what_is_left_unchecked),
      cmocka_unit_test(cuts_long_values_at_a_character),
      cmocka_unit_test(suggests_whole_names_only),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
