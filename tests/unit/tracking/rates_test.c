/* Rates of a send: each by its formula, and undefined where it cannot be had. */
#include "unit.h"

#include <etsoap/pool.h>
#include <etsoap/rates.h>

#include <math.h>
#include <string.h>

static ets_pool *pool;

/* Statistics that tell the rates apart: no two are the same share of anything. */
static ets_object summary(void) {
  static const struct {
    const char *property;
    int64_t count;
  } all[] = {{"NumberSent", 2000},  {"NumberDelivered", 1600}, {"UniqueOpens", 800},
             {"UniqueClicks", 100}, {"Unsubscribes", 8},       {"HardBounces", 200},
             {"SoftBounces", 150},  {"OtherBounces", 50}};
  ets_object send = ets_object_new(pool, "Send");
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    ets_set_integer(pool, send, all[i].property, all[i].count);
  return send;
}

static void each_is_what_its_formula_says(void **state) {
  static const double expected[ETS_RATE_COUNT] = {
      [ETS_RATE_DELIVERY] = 80,        [ETS_RATE_OPEN] = 50,
      [ETS_RATE_CLICK] = 6.25,         [ETS_RATE_UNSUBSCRIBE] = 0.5,
      [ETS_RATE_CLICK_TO_OPEN] = 12.5, [ETS_RATE_BOUNCE] = 20,
      [ETS_RATE_HARD_BOUNCE] = 10,     [ETS_RATE_SOFT_BOUNCE] = 7.5,
      [ETS_RATE_OTHER_BOUNCE] = 2.5};
  (void)state;
  ets_object send = summary();
  ets_rates rates;
  ets_send_rates(&rates, send);
  for (int rate = 0; rate < ETS_RATE_COUNT; rate++) {
    assert_true(fabs(rates.percent[rate] - expected[rate]) < 1e-9);
    assert_true(fabs(ets_rate_of(send, (ets_rate)rate) - expected[rate]) < 1e-9);
  }
}

/* The names in a formula are the properties that it is made of. */
static void formulas_name_their_properties(void **state) {
  (void)state;
  for (int rate = 0; rate < ETS_RATE_COUNT; rate++) {
    const char *formula = ets_rate_formula((ets_rate)rate), *at = formula;
    const char *const *property = ets_rate_properties((ets_rate)rate);
    for (; *property; property++) {
      at = strstr(at, *property);
      assert_non_null(at);
      if (!property[1])
        assert_int_equal(strlen(at), strlen(*property));
    }
  }
}

static void without_a_part_or_a_whole_it_is_undefined(void **state) {
  (void)state;
  for (int rate = 0; rate < ETS_RATE_COUNT; rate++) {
    const char *const *properties = ets_rate_properties((ets_rate)rate);
    for (size_t i = 0; properties[i]; i++) {
      ets_object send = ets_object_new(pool, "Send");
      for (size_t k = 0; properties[k]; k++)
        if (k != i)
          ets_set_integer(pool, send, properties[k], 1);
      assert_true(ets_rate_of(send, (ets_rate)rate) < 0);
      ets_set_integer(pool, send, properties[i], 0);
      assert_true((ets_rate_of(send, (ets_rate)rate) < 0) == !properties[i + 1]);
    }
  }
  assert_int_equal(ets_pool_status(pool), ETS_OK);
}

static void names_are_found(void **state) {
  ets_rate rate = ETS_RATE_COUNT;
  (void)state;
  for (int i = 0; i < ETS_RATE_COUNT; i++) {
    assert_true(ets_rate_find(&rate, ets_rate_name((ets_rate)i)));
    assert_int_equal(rate, i);
  }
  assert_false(ets_rate_find(&rate, "openrate"));
  assert_int_equal(rate, ETS_RATE_COUNT - 1);
}

static void shares(void **state) {
  (void)state;
  assert_true(fabs(ets_rate_share(1, 8) - 12.5) < 1e-9);
  assert_true(fabs(ets_rate_share(0, 8)) < 1e-9);
  assert_true(ets_rate_share(1, 0) < 0 && ets_rate_share(-1, 8) < 0 && ets_rate_share(1, -8) < 0);
}

static int set_up(void **state) {
  (void)state;
  pool = ets_pool_new();
  return pool ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  ets_pool_free(pool);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_is_what_its_formula_says),
      cmocka_unit_test(formulas_name_their_properties),
      cmocka_unit_test(without_a_part_or_a_whole_it_is_undefined),
      cmocka_unit_test(names_are_found),
      cmocka_unit_test(shares),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
