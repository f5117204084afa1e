/* Random filters, always the same ones: printing and reading gives an equal filter, and so does
 * printing that again. */
#include "unit.h"

#include "filter/ast.h"

static uint64_t state_of_random = 12043295;

static unsigned below(unsigned limit) {
  state_of_random = state_of_random * UINT64_C(6364136223846793005) + 1442695040888963407;
  return (unsigned)(state_of_random >> 33) % limit;
}

/* Pieces that quoting has to get right. */
static const char *const pieces[] = {"a",
                                     "Z",
                                     "SendID",
                                     "0",
                                     "42",
                                     "-",
                                     ".",
                                     "_",
                                     " ",
                                     "\t",
                                     "\n",
                                     "'",
                                     "''",
                                     "\"",
                                     "(",
                                     ")",
                                     ",",
                                     "=",
                                     "!",
                                     "<",
                                     ">=",
                                     "and",
                                     "OR",
                                     "Not",
                                     "IN",
                                     "null",
                                     "IS",
                                     "like",
                                     "%",
                                     "&",
                                     "\\",
                                     ";",
                                     "--",
                                     "\r\n",
                                     "[x]",
                                     "e+1",
                                     "between",
                                     "\xC3\xA4",
                                     "{}",
                                     "\xE2\x82\xAC",
                                     "\xF0\x9F\x98\x80"};

static void random_text(char *text, size_t size, unsigned least) {
  size_t length = 0;
  text[0] = '\0';
  for (unsigned n = least + below(4); n > 0; n--)
    length += (size_t)snprintf(text + length, size - length, "%s", pieces[below(COUNT(pieces))]);
}

static ets_filter *random_simple(void) {
  char property[64], texts[5][64];
  const char *values[5];
  ets_operator op = (ets_operator)below(ETS_LIKE + 1);
  size_t count = op == ETS_BETWEEN                            ? 2
                 : op == ETS_IS_NULL || op == ETS_IS_NOT_NULL ? 0
                 : op == ETS_IN                               ? 1 + below(5)
                                                              : 1;
  random_text(property, sizeof property, 1);
  for (size_t i = 0; i < count; i++) {
    random_text(texts[i], sizeof texts[i], 0);
    values[i] = texts[i];
  }
  return ets_filter_simple(property, op, values, count);
}

static ets_filter *random_filter(unsigned depth) {
  ets_filter *operands[4];
  if (depth == 0 || below(3) == 0)
    return random_simple();
  size_t count = 2 + below(3);
  for (size_t i = 0; i < count; i++)
    operands[i] = random_filter(depth - 1);
  return below(2) ? ets_filter_and_all(operands, count) : ets_filter_or_all(operands, count);
}

static void what_is_printed_reads_back(void **state) {
  (void)state;
  size_t complex = 0;
  for (int i = 0; i < 20000; i++) {
    ets_error error;
    ets_filter *filter = random_filter(1 + below(5)), *again;
    char *text = ets_filter_print(filter);
    assert_non_null(text);
    if (ets_filter_parse(&again, text, &error) != ETS_OK)
      fail_msg("%s\n  is refused: %s", text, error.message);
    if (!ets_filter_equal(filter, again))
      fail_msg("%s\n  reads back as another filter", text);
    char *twice = ets_filter_print(again);
    assert_string_equal(twice, text);
    complex += filter->kind != ETS_FILTER_SIMPLE;
    free(twice);
    free(text);
    ets_filter_free(again);
    ets_filter_free(filter);
  }
  assert_in_range(complex, 5000, 19000);
}

/* NOT twice is the filter itself, as far as BETWEEN and IN are not turned into comparisons. */
static void not_twice_is_the_same(void **state) {
  (void)state;
  size_t compared = 0;
  for (int i = 0; i < 20000; i++) {
    ets_filter *filter = random_filter(1 + below(4));
    char *text = ets_filter_print(filter), *around;
    size_t size = strlen(text) + 32;
    around = malloc(size);
    assert_non_null(around);
    ets_filter *once, *twice;
    snprintf(around, size, "NOT (NOT (%s))", text);
    if (!strstr(text, "BETWEEN") && !strstr(text, "IN") && !strstr(text, "LIKE")) {
      assert_int_equal(ets_filter_parse(&twice, around, NULL), ETS_OK);
      if (!ets_filter_equal(twice, filter))
        fail_msg("%s\n  is another filter than what it holds", around);
      ets_filter_free(twice);
      snprintf(around, size, "NOT (%s)", text);
      assert_int_equal(ets_filter_parse(&once, around, NULL), ETS_OK);
      if (ets_filter_equal(once, filter))
        fail_msg("%s\n  is the same as what it holds", around);
      ets_filter_free(once);
      compared++;
    }
    free(around);
    free(text);
    ets_filter_free(filter);
  }
  assert_in_range(compared, 2000, 20000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_printed_reads_back),
      cmocka_unit_test(not_twice_is_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
