/* When events came, against the events themselves; and memory that does not grow with them. */
#include "unit.h"

#include "report/reaction.h"

enum { DAY = 86400, HOUR = 3600 };

static void nothing_came(void **state) {
  struct ets_times none = {0};
  ets_report_reaction reaction;
  (void)state;
  ets_reaction_fill(&reaction, &none, ets_reaction_span(&none, &none));
  assert_int_equal(reaction.count, 0);
  for (int i = 0; i < ETS_REPORT_TENTHS; i++)
    assert_int_equal(reaction.reach[i], -1);
  assert_int_equal(reaction.curve[ETS_REPORT_STEPS], 0);
}

/* 1, 2 ... 10 minutes: a tenth each. */
static void tenths(void **state) {
  struct ets_times times = {0};
  ets_report_reaction reaction;
  (void)state;
  for (int minute = 10; minute >= 1; minute--)
    assert_true(ets_times_add(&times, 60 * minute));
  ets_reaction_fill(&reaction, &times, HOUR);
  for (int tenth = 1; tenth <= ETS_REPORT_TENTHS; tenth++)
    assert_int_equal(reaction.reach[tenth - 1], 60 * tenth);
  ets_times_free(&times);
}

/* Of three events 40 % is more than one of them, so it takes two. */
static void a_tenth_is_rounded_up(void **state) {
  struct ets_times times = {0};
  ets_report_reaction reaction;
  (void)state;
  for (int i = 1; i <= 3; i++)
    assert_true(ets_times_add(&times, i));
  ets_reaction_fill(&reaction, &times, HOUR);
  assert_int_equal(reaction.reach[0], 1);
  assert_int_equal(reaction.reach[2], 1);
  assert_int_equal(reaction.reach[3], 2);
  assert_int_equal(reaction.reach[8], 3);
  ets_times_free(&times);
}

static void curve_counts_what_had_come(void **state) {
  struct ets_times times = {0};
  ets_report_reaction reaction;
  (void)state;
  for (int i = 0; i <= ETS_REPORT_STEPS; i++)
    assert_true(ets_times_add(&times, i * 10));
  ets_reaction_fill(&reaction, &times, ETS_REPORT_STEPS * 10);
  for (int i = 0; i <= ETS_REPORT_STEPS; i++)
    assert_int_equal(reaction.curve[i], i + 1);
  ets_times_free(&times);
}

/* Exact in the first 14 days, by the hour later, and never lost. */
static void late_ones_count(void **state) {
  static const int64_t came[] = {
      -5, 14 * DAY - 1, 14 * DAY, 14 * DAY + HOUR + 1, 400 * DAY, INT64_C(100) * 366 * DAY};
  static const int64_t reached[] = {0,         14 * DAY - 1,
                                    14 * DAY,  14 * DAY + HOUR,
                                    400 * DAY, 14 * DAY + (10 * 366 * 24 - 1) * (int64_t)HOUR};
  (void)state;
  for (size_t i = 0; i < COUNT(came); i++) {
    struct ets_times times = {0};
    ets_report_reaction reaction;
    assert_true(ets_times_add(&times, came[i]));
    ets_reaction_fill(&reaction, &times, HOUR);
    assert_int_equal(reaction.count, 1);
    assert_int_equal(reaction.reach[0], reached[i]);
    assert_int_equal(reaction.reach[8], reached[i]);
    ets_times_free(&times);
  }
}

static void span_has_98_percent_of_both(void **state) {
  struct ets_times opens = {0}, clicks = {0};
  (void)state;
  for (int i = 1; i <= 100; i++)
    assert_true(ets_times_add(&opens, i <= 98 ? HOUR / 2 : 30 * DAY));
  assert_int_equal(ets_reaction_span(&opens, &clicks), HOUR);
  assert_true(ets_times_add(&clicks, 5 * HOUR));
  assert_int_equal(ets_reaction_span(&opens, &clicks), 6 * HOUR);
  assert_true(ets_times_add(&opens, 90 * DAY));
  assert_true(ets_times_add(&opens, 90 * DAY));
  assert_int_equal(ets_reaction_span(&opens, &clicks), 720 * HOUR);
  ets_times_free(&opens);
  ets_times_free(&clicks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_came),          cmocka_unit_test(tenths),
      cmocka_unit_test(a_tenth_is_rounded_up), cmocka_unit_test(curve_counts_what_had_come),
      cmocka_unit_test(late_ones_count),       cmocka_unit_test(span_has_98_percent_of_both),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
