/* Builders: what they make, errors that stick, who owns what. Leaks show under the address
 * sanitizer and in unit.filter.allocations. */
#include "unit.h"

#include "filter/ast.h"

static void expect_print(ets_filter *filter, const char *expected) {
  char *text = ets_filter_print(filter);
  expect_text("printed", text, expected);
  free(text);
  ets_filter_free(filter);
}

static void expect_error(ets_filter *filter, ets_status status, const char *message) {
  ets_error error;
  assert_non_null(filter);
  assert_int_equal(ets_filter_check(filter, NULL, &error), status);
  assert_int_equal(error.status, status);
  expect_part("the message", error.message, message);
  assert_null(ets_filter_print(filter));
  ets_filter_free(filter);
}

static const char *const ab[] = {"a", "b"};

static void each_operator(void **state) {
  (void)state;
  static const struct {
    ets_operator op;
    size_t count;
    const char *printed;
  } cases[] = {
      {ETS_EQUALS, 1, "P = 'a'"},
      {ETS_NOT_EQUALS, 1, "P != 'a'"},
      {ETS_GREATER_THAN, 1, "P > 'a'"},
      {ETS_LESS_THAN, 1, "P < 'a'"},
      {ETS_GREATER_THAN_OR_EQUAL, 1, "P >= 'a'"},
      {ETS_LESS_THAN_OR_EQUAL, 1, "P <= 'a'"},
      {ETS_IS_NULL, 0, "P IS NULL"},
      {ETS_IS_NOT_NULL, 0, "P IS NOT NULL"},
      {ETS_BETWEEN, 2, "P BETWEEN 'a' AND 'b'"},
      {ETS_IN, 2, "P IN ('a', 'b')"},
      {ETS_IN, 1, "P = 'a'"},
      {ETS_LIKE, 1, "P LIKE 'a'"},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    expect_print(ets_filter_simple("P", cases[i].op, ab, cases[i].count), cases[i].printed);
  expect_print(ets_filter_equals("P", ""), "P = ''");
  expect_print(ets_filter_equals_integer("P", INT64_MIN), "P = -9223372036854775808");
  expect_print(ets_filter_between("P", "a", "b"), "P BETWEEN 'a' AND 'b'");
  expect_print(ets_filter_in("P", ab, 2), "P IN ('a', 'b')");
}

static void each_wrong_number_of_values(void **state) {
  (void)state;
  static const struct {
    ets_operator op;
    size_t count;
    const char *message;
  } cases[] = {
      {ETS_EQUALS, 0, "P: equals takes one value, not 0"},
      {ETS_EQUALS, 2, "P: equals takes one value, not 2"},
      {ETS_LIKE, 2, "P: like takes one value, not 2"},
      {ETS_BETWEEN, 1, "P: between takes two values, not 1"},
      {ETS_IS_NULL, 1, "P: isNull takes no value, not 1"},
      {ETS_IS_NOT_NULL, 2, "P: isNotNull takes no value, not 2"},
      {ETS_IN, 0, "P: IN takes one value or more"},
      {(ets_operator)11, 1, "P: there is no operator 11"},
      {(ets_operator)-1, 1, "P: there is no operator -1"},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    expect_error(ets_filter_simple("P", cases[i].op, ab, cases[i].count), ETS_E_USAGE,
                 cases[i].message);
}

static void refuses_texts_that_are_none(void **state) {
  (void)state;
  expect_error(ets_filter_equals(NULL, "a"), ETS_E_USAGE, "name of the property is missing");
  expect_error(ets_filter_equals("", "a"), ETS_E_USAGE, "name of the property is missing");
  expect_error(ets_filter_equals("P", NULL), ETS_E_USAGE, "value 1 of equals is NULL");
  expect_error(ets_filter_between("P", "a", NULL), ETS_E_USAGE, "value 2 of between is NULL");
  expect_error(ets_filter_equals("P", "a\x1F"), ETS_E_USAGE, "a value holds 0x1F at byte 2");
  expect_error(ets_filter_equals("\xFF", "a"), ETS_E_USAGE, "a property name holds 0xFF at byte 1");
}

static void combines(void **state) {
  (void)state;
  expect_print(ets_filter_and(ets_filter_equals("a", "1"), ets_filter_equals("b", "2")),
               "a = 1 AND b = 2");
  ets_filter *three[] = {ets_filter_equals("a", "1"), ets_filter_equals("b", "2"),
                         ets_filter_equals("c", "3")};
  expect_print(ets_filter_or_all(three, 3), "a = 1 OR b = 2 OR c = 3");
  ets_filter *one = ets_filter_equals("a", "1");
  assert_ptr_equal(ets_filter_and_all(&one, 1), one);
  assert_ptr_equal(ets_filter_or_all(&one, 1), one);
  ets_filter_free(one);
  expect_error(ets_filter_and_all(NULL, 0), ETS_E_USAGE, "AND of no operands");
  expect_error(ets_filter_or_all(NULL, 0), ETS_E_USAGE, "OR of no operands");
}

/* The order of the operands is kept, whichever side was a combination before. */
static void flattens(void **state) {
  (void)state;
  ets_filter *left = ets_filter_and(ets_filter_equals("a", "1"), ets_filter_equals("b", "2"));
  ets_filter *right = ets_filter_and(ets_filter_equals("c", "3"), ets_filter_equals("d", "4"));
  expect_print(ets_filter_and(left, right), "a = 1 AND b = 2 AND c = 3 AND d = 4");
  right = ets_filter_or(ets_filter_equals("b", "2"), ets_filter_equals("c", "3"));
  expect_print(ets_filter_and(ets_filter_equals("a", "1"), right), "a = 1 AND (b = 2 OR c = 3)");
}

static void errors_stick(void **state) {
  (void)state;
  ets_filter *filter =
      ets_filter_or(ets_filter_equals("a", "1"), ets_filter_and(ets_filter_between("b", "1", NULL),
                                                                ets_filter_equals(NULL, "2")));
  expect_error(ets_filter_and(filter, ets_filter_in("c", ab, 0)), ETS_E_USAGE,
               "filter on b: value 2");
  expect_error(ets_filter_and(NULL, ets_filter_equals("a", "1")), ETS_E_NOMEM, "operand 1 is NULL");
  expect_error(ets_filter_or(ets_filter_equals("a", "1"), NULL), ETS_E_NOMEM, "operand 2 is NULL");
  expect_error(ets_filter_and(NULL, NULL), ETS_E_NOMEM, "operand 1 is NULL");
}

static void a_long_loop_stays_flat(void **state) {
  (void)state;
  ets_filter *filter = ets_filter_equals_integer("a", 0);
  for (int i = 1; i < 100000; i++)
    filter = ets_filter_or(filter, ets_filter_equals_integer("a", i));
  assert_int_equal(filter->operand_count, 100000);
  assert_int_equal(filter->depth, 1);
  assert_int_equal(ets_filter_check(filter, "SentEvent", NULL), ETS_E_USAGE);
  ets_filter_free(filter);
}

static void deep_nesting_is_an_error(void **state) {
  (void)state;
  ets_filter *filter = ets_filter_equals("a", "1");
  for (unsigned i = 0; i < ETS_FILTER_DEPTH_MAX; i++) {
    ets_filter *more = ets_filter_equals("b", "2");
    filter = i % 2 ? ets_filter_and(more, filter) : ets_filter_or(more, filter);
  }
  assert_int_equal(ets_filter_check(filter, NULL, NULL), ETS_OK);
  assert_int_equal(filter->depth, ETS_FILTER_DEPTH_MAX);
  filter = ets_filter_or(ets_filter_equals("b", "2"), filter);
  expect_error(filter, ETS_E_USAGE, "nest more than 100 levels deep");
}

static void copies_stand_alone(void **state) {
  (void)state;
  ets_filter *filter;
  assert_int_equal(
      ets_filter_parse(&filter, "a = 1 AND (b IN (1, 2) OR c IS NULL) AND d LIKE 'x'", NULL),
      ETS_OK);
  ets_filter_use_additional_operands(filter, true);
  ets_filter *copy = ets_filter_copy(filter);
  assert_true(ets_filter_equal(copy, filter));
  assert_true(copy->additional_operands);
  assert_int_equal(copy->operands[1]->operands[0]->values[1].column, 21);
  ets_filter_free(filter);
  expect_print(copy, "a = 1 AND (b IN (1, 2) OR c IS NULL) AND d LIKE 'x'");

  filter = ets_filter_equals(NULL, "x");
  copy = ets_filter_copy(filter);
  ets_filter_free(filter);
  expect_error(copy, ETS_E_USAGE, "name of the property is missing");
  assert_null(ets_filter_copy(NULL));
}

static void tells_filters_apart(void **state) {
  (void)state;
  static const char *const texts[] = {"a = 1",
                                      "a != 1",
                                      "b = 1",
                                      "a = 2",
                                      "a IN (1, 2)",
                                      "a IN (2, 1)",
                                      "a = 1 AND b = 1",
                                      "a = 1 OR b = 1",
                                      "b = 1 AND a = 1",
                                      "a = 1 AND b = 1 AND c = 1",
                                      "a = 1 AND (b = 1 OR c = 1)"};
  for (size_t i = 0; i < COUNT(texts); i++)
    for (size_t j = 0; j < COUNT(texts); j++) {
      ets_filter *a, *b;
      assert_int_equal(ets_filter_parse(&a, texts[i], NULL), ETS_OK);
      assert_int_equal(ets_filter_parse(&b, texts[j], NULL), ETS_OK);
      if (ets_filter_equal(a, b) != (i == j))
        fail_msg("%s and %s", texts[i], texts[j]);
      ets_filter_free(a);
      ets_filter_free(b);
    }
}

static void nothing_is_allowed(void **state) {
  (void)state;
  ets_filter_free(NULL);
  ets_filter_use_additional_operands(NULL, true);
  assert_null(ets_filter_print(NULL));
  assert_int_equal(ets_filter_check(NULL, NULL, NULL), ETS_E_NOMEM);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_operator),
      cmocka_unit_test(each_wrong_number_of_values),
      cmocka_unit_test(refuses_texts_that_are_none),
      cmocka_unit_test(combines),
      cmocka_unit_test(flattens),
      cmocka_unit_test(errors_stick),
      cmocka_unit_test(a_long_loop_stays_flat),
      cmocka_unit_test(deep_nesting_is_an_error),
      cmocka_unit_test(copies_stand_alone),
      cmocka_unit_test(tells_filters_apart),
      cmocka_unit_test(nothing_is_allowed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
