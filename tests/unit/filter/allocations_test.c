/* Each allocation fails once, in reading, combining, turning round, copying and printing: an error
 * each time, and nothing is left behind. */
#include "unit.h"

#include "failing.h"

#include <etsoap/filter.h>

static const char text[] = "NOT (a = 1 AND (b IN (1, 2, 3, 'x', \"y\") OR c NOT BETWEEN 4 AND 5)) "
                           "AND d IS NULL AND e LIKE 'f' AND g != 6";

static ets_status parse(void) {
  ets_error error;
  ets_filter *filter;
  ets_status status = ets_filter_parse(&filter, text, &error);
  if (status != ETS_OK)
    assert_null(filter);
  ets_filter_free(filter);
  return status;
}

static ets_status copy_and_print(void) {
  ets_filter *filter, *copy;
  ets_status status = ets_filter_parse(&filter, text, NULL);
  if (status != ETS_OK)
    return status;
  copy = ets_filter_copy(filter);
  char *printed = copy ? ets_filter_print(copy) : NULL;
  status = printed ? ETS_OK : ETS_E_NOMEM;
  free(printed);
  ets_filter_free(copy);
  ets_filter_free(filter);
  return status;
}

static ets_status build(void) {
  const char *const values[] = {"1", "2", "3"};
  ets_filter *all[] = {ets_filter_equals("a", "1"), ets_filter_in("b", values, 3),
                       ets_filter_between("c", "4", "5"), ets_filter_equals_integer("d", 6)};
  ets_filter *filter =
      ets_filter_or(ets_filter_and(ets_filter_and_all(all, 4), ets_filter_equals("e", "7")),
                    ets_filter_or(ets_filter_equals("f", "8"), ets_filter_equals("g", "9")));
  ets_status status = ets_filter_check(filter, NULL, NULL);
  ets_filter_free(filter);
  return status;
}

static ets_status build_an_error(void) {
  ets_filter *filter =
      ets_filter_and(ets_filter_equals("a", "1"), ets_filter_simple("b", ETS_BETWEEN, NULL, 0));
  ets_status status = ets_filter_check(filter, NULL, NULL);
  ets_filter_free(filter);
  return status == ETS_E_USAGE ? ETS_OK : status;
}

static void each_fails_once(ets_status (*job)(void)) {
  failing_begin(0, false);
  assert_int_equal(job(), ETS_OK);
  size_t calls = failing_end();
  assert_true(calls >= 3);
  for (int onwards = 0; onwards <= 1; onwards++)
    for (size_t at = 1; at <= calls; at++) {
      long before = failing_blocks();
      failing_begin(at, onwards);
      ets_status status = job();
      failing_end();
      if (status != ETS_E_NOMEM)
        fail_msg("allocation %zu of %zu fails, and the status is %d", at, calls, (int)status);
      assert_int_equal(failing_blocks(), before);
    }
}

static void parsing(void **state) {
  (void)state;
  each_fails_once(parse);
}

static void copying_and_printing(void **state) {
  (void)state;
  each_fails_once(copy_and_print);
}

static void building(void **state) {
  (void)state;
  each_fails_once(build);
}

static void building_an_error(void **state) {
  (void)state;
  each_fails_once(build_an_error);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parsing),
      cmocka_unit_test(copying_and_printing),
      cmocka_unit_test(building),
      cmocka_unit_test(building_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
