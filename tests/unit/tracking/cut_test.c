/* Where a time is cut: by the dates of its first page. */
#include <etsoap/tracking.h>

#include "unit.h"

enum { MOST = 64, PAGE = 100 };

static const int64_t SECOND = 1000000, START = INT64_C(1795154400) * 1000000;

/* Rows of a page, `step` microseconds apart, from a second after START on. */
static size_t cut(int64_t points[MOST], int64_t dates[PAGE], int64_t step, ets_density density) {
  for (int i = 0; i < PAGE; i++)
    dates[(i * 7) % PAGE] = START + SECOND + step * i; /* in no order */
  density.dates = dates;
  density.count = PAGE;
  return ets_cut(points, MOST, &density);
}

static void expect_points(const int64_t *points, size_t count, int64_t from, int64_t until) {
  assert_in_range(count, 1, MOST);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(points[i] % SECOND, 0);
    assert_true(points[i] > (i > 0 ? points[i - 1] : from) && points[i] < until);
  }
}

/* The first page of many in the order of time: the rest is as dense. */
static void goes_on_as_it_began(void **state) {
  int64_t points[MOST], dates[PAGE];
  (void)state;
  const int64_t until = START + 200 * SECOND; /* ten rows a second: a page is ten seconds */
  size_t count = cut(points, dates, SECOND / 10,
                     (ets_density){.from = START, .until = until, .rows = PAGE, .parts = 8});
  expect_points(points, count, START, until);
  assert_in_range(count, 18, 21);
  for (size_t i = 1; i < count; i++)
    assert_in_range((points[i] - points[i - 1]) / SECOND, 9, 11);
}

/* A long time behind it: each part is longer than the one before, and the last has the rest. */
static void grows_where_little_is_known(void **state) {
  int64_t points[MOST], dates[PAGE];
  (void)state;
  const int64_t until = START + 86400 * SECOND;
  size_t count =
      cut(points, dates, SECOND / 10,
          (ets_density){.from = START, .until = until, .rows = PAGE, .parts = 8, .grows = 2});
  expect_points(points, count, START, until);
  assert_in_range(count, 10, 16);
  for (size_t i = 2; i < count; i++)
    assert_true(points[i] - points[i - 1] > points[i - 1] - points[i - 2]);
}

/* Some of all: what divides them divides all. */
static void divides_a_sample_evenly(void **state) {
  int64_t points[MOST], dates[PAGE];
  (void)state;
  const int64_t until = START + 101 * SECOND;
  size_t count = cut(points, dates, SECOND,
                     (ets_density){.from = START,
                                   .until = until,
                                   .rows = PAGE,
                                   .parts = 4,
                                   .events = 1000,
                                   .mostly_until = until});
  expect_points(points, count, START, until);
  assert_int_equal(count, 10);
}

static void leaves_alone_what_no_second_divides(void **state) {
  int64_t points[MOST], dates[PAGE];
  (void)state;
  ets_density density = {
      .from = START + SECOND, .until = START + 2 * SECOND, .rows = PAGE, .parts = 8};
  assert_int_equal(cut(points, dates, 10, density), 0);
  /* Dates that stand for none tell nothing. */
  int64_t none[] = {-62135596800 * INT64_C(1000000), 0, INT64_C(5000000000) * 1000000};
  density.dates = none;
  density.count = 3;
  assert_int_equal(ets_cut(points, MOST, &density), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(goes_on_as_it_began),
                                     cmocka_unit_test(grows_where_little_is_known),
                                     cmocka_unit_test(divides_a_sample_evenly),
                                     cmocka_unit_test(leaves_alone_what_no_second_divides)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
