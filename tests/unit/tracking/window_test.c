/* The filter that a period becomes, and what is refused. */
#include "unit.h"

#include "tracking/window.h"

static ets_time at(const char *text) {
  ets_time time;
  assert_int_equal(ets_time_parse(&time, text, ETS_SERVER_UTC_OFFSET), ETS_OK);
  return time;
}

static void expect_window(const char *since, const char *until, const char *expected) {
  ets_time low = at(since ? since : "2026-01-01"), high = at(until ? until : "2026-01-01");
  ets_filter *filter;
  ets_error error;
  assert_int_equal(
      ets_window_filter(&filter, "EventDate", since ? &low : NULL, until ? &high : NULL, &error),
      ETS_OK);
  char *text = filter ? ets_filter_print(filter) : NULL;
  expect_text("the window", text ? text : "", expected);
  free(text);
  ets_filter_free(filter);
}

static void the_end_does_not_count(void **state) {
  (void)state;
  expect_window("2026-11-01", "2026-11-02T10:00Z",
                "EventDate >= '2026-11-01T00:00:00-06:00' AND "
                "EventDate < '2026-11-02T10:00:00Z'");
  expect_window("2026-11-01", NULL, "EventDate >= '2026-11-01T00:00:00-06:00'");
  expect_window(NULL, "2026-11-01", "EventDate < '2026-11-01T00:00:00-06:00'");
  expect_window(NULL, NULL, "");
}

static void expect_refused(const char *since, const char *until, const char *part) {
  ets_time low = at(since), high = at(until);
  ets_filter *filter;
  ets_error error;
  assert_int_equal(ets_window_filter(&filter, "EventDate", &low, &high, &error), ETS_E_USAGE);
  assert_null(filter);
  expect_part("refused", error.message, part);
}

static void fractions_are_refused_with_what_to_write(void **state) {
  (void)state;
  expect_refused("2026-11-01T10:02:30.999", "2026-11-02",
                 "since 2026-11-01T10:02:30.999-06:00: the service compares whole seconds; write "
                 "2026-11-01T10:02:30-06:00 or 2026-11-01T10:02:31-06:00");
  expect_refused("2026-11-01", "2026-11-01T10:02:30.000001Z", "until 2026-11-01T10:02:30.000001Z");
}

static void what_holds_nothing_is_refused(void **state) {
  (void)state;
  expect_refused("2026-11-02", "2026-11-01", "it has to be later");
  expect_refused("2026-11-01T16:00", "2026-11-01T22:00Z", "it has to be later");
}

static void whole_seconds_before_1970_too(void **state) {
  (void)state;
  char text[40];
  static const char *const cases[][2] = {
      {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z"},
      {"1970-01-01T00:00:00.999999Z", "1970-01-01T00:00:00Z"},
      {"2026-11-01T10:02:30-06:00", "2026-11-01T10:02:30-06:00"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    ets_time_format(ets_time_floor(at(cases[i][0])), text, sizeof text);
    assert_string_equal(text, cases[i][1]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_end_does_not_count),
      cmocka_unit_test(fractions_are_refused_with_what_to_write),
      cmocka_unit_test(what_holds_nothing_is_refused),
      cmocka_unit_test(whole_seconds_before_1970_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
