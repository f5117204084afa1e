/* The text form of filters: bounds, and what is kept beside the meaning. What each text means, and
 * what is said of one that means nothing, stands in tests/filter/cases. */
#include "unit.h"

#include "filter/ast.h"

static ets_filter *parsed(const char *text) {
  ets_filter *filter = NULL;
  ets_error error;
  if (ets_filter_parse(&filter, text, &error) != ETS_OK)
    fail_msg("%s\n  is refused: %s", text, error.message);
  return filter;
}

static void refuses_no_text(void **state) {
  (void)state;
  ets_filter *filter;
  ets_error error;
  assert_int_equal(ets_filter_parse(&filter, NULL, &error), ETS_E_USAGE);
  assert_null(filter);
}

/* `open` so many times, the condition, `close` so many times. */
static char *nested(const char *open, const char *close, size_t count) {
  size_t size = count * (strlen(open) + strlen(close)) + 16, length = 0;
  char *text = malloc(size);
  assert_non_null(text);
  for (size_t i = 0; i < count; i++)
    length += (size_t)snprintf(text + length, size - length, "%s", open);
  length += (size_t)snprintf(text + length, size - length, "a = 1");
  for (size_t i = 0; i < count; i++)
    length += (size_t)snprintf(text + length, size - length, "%s", close);
  return text;
}

static void bounds_the_depth(void **state) {
  (void)state;
  static const struct {
    const char *open, *close;
    size_t count;
    ets_status status;
  } cases[] = {
      {"(", ")", 100, ETS_OK},
      {"(", ")", 101, ETS_E_USAGE},
      {"(", ")", 200000, ETS_E_USAGE},
      {"NOT ", "", 100, ETS_OK},
      {"NOT ", "", 200000, ETS_E_USAGE},
      {"(b = 1 AND (c = 1 OR ", "))", 50, ETS_OK},
      {"(b = 1 AND (c = 1 OR ", "))", 51, ETS_E_USAGE},
      {"(b = 1 AND ", ")", 100, ETS_OK},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    ets_filter *filter;
    ets_error error = {0};
    char *text = nested(cases[i].open, cases[i].close, cases[i].count);
    if (ets_filter_parse(&filter, text, &error) != cases[i].status)
      fail_msg("%zu times %s: %s", cases[i].count, cases[i].open, error.message);
    if (cases[i].status != ETS_OK)
      expect_part(cases[i].open, error.message, "nest more than 100");
    ets_filter_free(filter);
    free(text);
  }
}

/* Long is fine as long as it is flat. */
static void reads_long_texts(void **state) {
  (void)state;
  enum { CONDITIONS = 20000 };
  static char text[CONDITIONS * 20];
  size_t length = (size_t)snprintf(text, sizeof text, "a = 0");
  for (int i = 1; i < CONDITIONS; i++)
    length += (size_t)snprintf(text + length, sizeof text - length, " OR a = %d", i);
  ets_filter *filter = parsed(text);
  assert_int_equal(filter->kind, ETS_FILTER_OR);
  assert_int_equal(filter->operand_count, CONDITIONS);
  assert_int_equal(filter->depth, 1);
  char *printed = ets_filter_print(filter);
  assert_string_equal(printed, text);
  free(printed);
  ets_filter_free(filter);
}

static void shows_the_beginning_of_long_words(void **state) {
  (void)state;
  ets_filter *filter;
  ets_error error;
  char text[700] = "a = 1 ";
  memset(text + 6, 'x', 600);
  text[606] = '\0';
  assert_int_equal(ets_filter_parse(&filter, text, &error), ETS_E_USAGE);
  assert_string_equal(error.message, "filter, column 7: found xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                                     "xxxx..., expected AND, OR or the end of the text");
}

static void remembers_columns(void **state) {
  (void)state;
  ets_filter *filter = parsed("a = 1 AND \"b\" IN (2, 'x')");
  assert_int_equal(filter->operands[0]->column, 1);
  assert_int_equal(filter->operands[0]->values[0].column, 5);
  assert_int_equal(filter->operands[1]->column, 11);
  assert_int_equal(filter->operands[1]->values[0].column, 19);
  assert_int_equal(filter->operands[1]->values[1].column, 22);
  ets_filter_free(filter);
  filter = parsed("NOT (a NOT BETWEEN 1 AND 22)");
  assert_int_equal(filter->operands[0]->column, 6);
  assert_int_equal(filter->operands[1]->column, 6);
  assert_int_equal(filter->operands[0]->values[0].column, 20);
  assert_int_equal(filter->operands[1]->values[0].column, 26);
  ets_filter_free(filter);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(refuses_no_text),   cmocka_unit_test(bounds_the_depth),
      cmocka_unit_test(reads_long_texts),  cmocka_unit_test(shows_the_beginning_of_long_words),
      cmocka_unit_test(remembers_columns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
