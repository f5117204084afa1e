/* The text form of filters: what each text means, shown as it prints, and what is said of a text
 * that means nothing. */
#include "unit.h"

#include "filter/ast.h"

static ets_filter *parsed(const char *text) {
  ets_filter *filter = NULL;
  ets_error error;
  if (ets_filter_parse(&filter, text, &error) != ETS_OK)
    fail_msg("%s\n  is refused: %s", text, error.message);
  return filter;
}

static const struct {
  const char *text, *printed;
} readable[] = {
    /* comparisons */
    {"SendID = 12043295", "SendID = 12043295"},
    {"SendID=12043295", "SendID = 12043295"},
    {"a != b", "a != 'b'"},
    {"a <> b", "a != 'b'"},
    {"a < 1", "a < 1"},
    {"a<=1", "a <= 1"},
    {"a > -1", "a > -1"},
    {"a>=1", "a >= 1"},
    {"a LIKE 'x%y'", "a LIKE 'x%y'"},
    {"a like x", "a LIKE 'x'"},
    {"a BETWEEN 1 AND 2", "a BETWEEN 1 AND 2"},
    {"a between x and y", "a BETWEEN 'x' AND 'y'"},
    {"a IN ('x', 'y')", "a IN ('x', 'y')"},
    {"a in(1,2 , 3)", "a IN (1, 2, 3)"},
    {"a IS NULL", "a IS NULL"},
    {"a is not null", "a IS NOT NULL"},
    /* the service's own names */
    {"a equals 1", "a = 1"},
    {"a notEquals 1", "a != 1"},
    {"a greaterThan 1", "a > 1"},
    {"a lessThan 1", "a < 1"},
    {"a greaterThanOrEqual 1", "a >= 1"},
    {"a lessthanorequal 1", "a <= 1"},
    {"a isNull", "a IS NULL"},
    {"a isNotNull AND b = 1", "a IS NOT NULL AND b = 1"},
    {"equals equals equals", "equals = 'equals'"},
    /* one value of IN is equals, which the service wants */
    {"a IN (1)", "a = 1"},
    {"a NOT IN (1)", "a != 1"},
    /* properties and values */
    {"Client.ID = 1", "Client.ID = 1"},
    {"_CustomObjectKey = 1", "_CustomObjectKey = 1"},
    {"\"First Name\" = 'x'", "\"First Name\" = 'x'"},
    {"'First Name' = \"x\"", "\"First Name\" = 'x'"},
    {"\"say \"\"hi\"\"\" = 1", "\"say \"\"hi\"\"\" = 1"},
    {"\"and\" = 'AND'", "\"and\" = 'AND'"},
    {"\"1st\" = 1", "\"1st\" = 1"},
    {"a-b = 1", "\"a-b\" = 1"},
    {"a = 'it''s'", "a = 'it''s'"},
    {"a = \"it's \"\"so\"\"\"", "a = 'it''s \"so\"'"},
    {"a = ''", "a = ''"},
    {"a = ''''", "a = ''''"},
    {"a = ' b '", "a = ' b '"},
    {"a = 00123", "a = 00123"},
    {"a = 1e5", "a = '1e5'"},
    {"a = -", "a = '-'"},
    {"a = 1.5", "a = '1.5'"},
    {"EventDate >= 2026-11-01T00:00:00.000-06:00", "EventDate >= '2026-11-01T00:00:00.000-06:00'"},
    {"a = someone@example.com", "a = 'someone@example.com'"},
    {"a = '\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80'", "a = '\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80'"},
    {"a = 'two\nlines'", "a = 'two\nlines'"},
    {"\ta\r\n=\n1  ", "a = 1"},
    /* AND before OR, brackets */
    {"a=1 AND b=2", "a = 1 AND b = 2"},
    {"a=1 and b=2 Or c=3", "(a = 1 AND b = 2) OR c = 3"},
    {"a=1 OR b=2 AND c=3", "a = 1 OR (b = 2 AND c = 3)"},
    {"(a=1 OR b=2) AND c=3", "(a = 1 OR b = 2) AND c = 3"},
    {"((((a=1))))", "a = 1"},
    {"a=1 AND (b=2 AND (c=3 AND d=4))", "a = 1 AND b = 2 AND c = 3 AND d = 4"},
    {"(a=1 OR b=2) OR c=3", "a = 1 OR b = 2 OR c = 3"},
    {"a BETWEEN 1 AND 2 AND b BETWEEN 3 AND 4", "a BETWEEN 1 AND 2 AND b BETWEEN 3 AND 4"},
    {"SendID = 12043295 AND EventDate BETWEEN '2026-11-01' AND '2026-11-02T00:00Z' AND "
     "(SubscriberKey IN ('a','b') OR BatchID >= 5)",
     "SendID = 12043295 AND EventDate BETWEEN '2026-11-01' AND '2026-11-02T00:00Z' AND "
     "(SubscriberKey IN ('a', 'b') OR BatchID >= 5)"},
    /* NOT, by the complement */
    {"NOT a = 1", "a != 1"},
    {"NOT a != 1", "a = 1"},
    {"NOT a < 1", "a >= 1"},
    {"NOT a <= 1", "a > 1"},
    {"NOT a > 1", "a <= 1"},
    {"NOT a >= 1", "a < 1"},
    {"NOT a IS NULL", "a IS NOT NULL"},
    {"not a isNotNull", "a IS NULL"},
    {"NOT NOT a = 1", "a = 1"},
    {"NOT (a = 1)", "a != 1"},
    {"NOT a BETWEEN 1 AND 2", "a < 1 OR a > 2"},
    {"a NOT BETWEEN 1 AND 2", "a < 1 OR a > 2"},
    {"a NOT BETWEEN 1 AND 2 AND b = 3", "(a < 1 OR a > 2) AND b = 3"},
    {"a NOT BETWEEN 1 AND 2 OR b = 3", "a < 1 OR a > 2 OR b = 3"},
    {"NOT a NOT BETWEEN 1 AND 2", "a >= 1 AND a <= 2"},
    {"a NOT IN (1, 2, 3)", "a != 1 AND a != 2 AND a != 3"},
    {"NOT a IN (1, 2)", "a != 1 AND a != 2"},
    {"NOT (a = 1 AND b = 2)", "a != 1 OR b != 2"},
    {"NOT (a = 1 OR b < 2 AND c IS NULL)", "a != 1 AND (b >= 2 OR c IS NOT NULL)"},
    {"NOT (a = 1 AND b BETWEEN 2 AND 3)", "a != 1 OR b < 2 OR b > 3"},
    {"NOT a = 1 AND b = 2", "a != 1 AND b = 2"},
    {"NOT a = 1 OR b = 2", "a != 1 OR b = 2"},
};

static void reads(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(readable); i++) {
    ets_filter *filter = parsed(readable[i].text);
    char *printed = ets_filter_print(filter);
    expect_text(readable[i].text, printed, readable[i].printed);
    ets_filter *again = parsed(printed);
    if (!ets_filter_equal(filter, again))
      fail_msg("%s reads back as another filter", printed);
    ets_filter_free(again);
    free(printed);
    ets_filter_free(filter);
  }
}

static const struct {
  const char *text, *message;
} refused[] = {
    {"", "column 1: found the end of the text, expected a property"},
    {"   ", "column 4: found the end of the text"},
    {"SendID", "column 7: found the end of the text, expected an operator such as ="},
    {"SendID =", "column 9: found the end of the text, expected a value"},
    {"SendID = = 1", "column 10: found =, expected a value"},
    {"SendID == 1", "column 9: found =, expected a value"},
    {"SendID ! 1", "column 8: found !, expected an operator"},
    {"= 1", "column 1: found =, expected a property"},
    {"AND a = 1", "column 1: found AND, expected a property"},
    {"a = 1 AND", "column 10: found the end of the text, expected a property"},
    {"a = 1 b = 2", "column 7: found b, expected AND, OR or the end"},
    {"a = 1, b = 2", "column 6: found ,, expected AND, OR or the end"},
    {"a = 1)", "column 6: found ), expected AND, OR or the end"},
    {"(a = 1", "column 7: found the end of the text, expected )"},
    {"()", "column 2: found ), expected a property"},
    {"a = b c", "column 7: found c, expected AND"},
    {"a = AND", "column 5: found AND, expected a value"},
    {"a = NULL", "IS NULL and IS NOT NULL test for none"},
    {"a IS 5", "column 6: found 5, expected NULL or NOT NULL"},
    {"a IS NOT 5", "column 10: found 5, expected NULL"},
    {"a IS", "column 5: found the end of the text, expected NULL"},
    /* several values */
    {"a IN", "column 5: found the end of the text, expected ( and the values"},
    {"a IN 1", "column 6: found 1, expected ("},
    {"a IN ()", "column 7: found ), expected a value"},
    {"a IN (1", "column 8: found the end of the text, expected , or )"},
    {"a IN (1 2)", "column 9: found 2, expected , or )"},
    {"a IN (1,)", "column 9: found ), expected a value"},
    {"a BETWEEN 1", "column 12: found the end of the text, expected AND"},
    {"a BETWEEN 1, 2", "column 12: found ,, expected AND"},
    {"a BETWEEN 1 AND", "column 16: found the end of the text, expected a value"},
    {"a BETWEEN 1 ADN 2", "did you mean AND?"},
    /* quotes */
    {"a = 'b", "column 5: the quote ' does not end"},
    {"a = 'b''", "column 5: the quote ' does not end"},
    {"\"a = 1", "column 1: the quote \" does not end"},
    {"a = 'b'c", "column 8: found c, expected AND"},
    /* near misses */
    {"a betwen 1 AND 2", "column 3: found betwen, expected an operator"},
    {"a betwen 1 AND 2", "did you mean BETWEEN?"},
    {"a lik 'x'", "did you mean LIKE?"},
    {"a eqauls 1", "did you mean equals?"},
    {"a greaterThen 1", "did you mean greaterThan?"},
    {"a isnotnul", "did you mean isNotNull?"},
    {"a = 1 ADN b = 2", "column 7: found ADN, expected AND, OR or the end of the text; did you "
                        "mean AND?"},
    {"a = 1 && b = 2", "did you mean AND?"},
    {"a = 1 || b = 2", "did you mean OR?"},
    {"a NOT EQUALS 1", "column 7: found EQUALS, expected BETWEEN, IN or LIKE after NOT"},
    {"a NOT betwen 1 AND 2", "did you mean BETWEEN?"},
    /* columns count characters */
    {"\xC3\xA4 = '\xE2\x82\xAC' x", "column 9: found x"},
    /* what cannot be sent */
    {"NOT a LIKE 'x'", "column 5: NOT of a LIKE cannot be sent"},
    {"b = 1 AND a NOT LIKE 'x'", "column 11: NOT of a LIKE cannot be sent"},
    {"NOT (b = 1 OR (c = 2 AND a LIKE 'x'))", "column 26: NOT of a LIKE cannot be sent"},
    {"a existsInString 'x'", "column 3: existsInString is for the DataFilter"},
    {"a EXISTSINSTRINGASAWORD 'x'", "existsInStringAsAWord is for the DataFilter"},
    {"a notExistsInString 'x'", "notExistsInString is for the DataFilter"},
    {"a beginsWith 'x'", "beginsWith is for the DataFilter"},
    {"a endsWith 'x'", "endsWith is for the DataFilter"},
    {"a contains 'x'", "contains is for the DataFilter"},
    {"a notContains 'x'", "notContains is for the DataFilter"},
    {"a isAnniversary 'x'", "isAnniversary is for the DataFilter"},
    {"a isNotAnniversary 'x'", "isNotAnniversary is for the DataFilter"},
    {"a greaterThanAnniversary 'x'", "greaterThanAnniversary is for the DataFilter"},
    {"a lessThanAnniversary 'x'", "lessThanAnniversary is for the DataFilter"},
    {"'' = 1", "the name of the property is missing"},
    /* what XML cannot carry */
    {"a = '\x01'", "byte 6: 0x01"},
    {"a = '\xC3'", "byte 6: 0xC3"},
    {"a = '\xC0\xAF'", "byte 6: 0xC0"},
    {"a = '\xED\xA0\x80'", "byte 6: 0xED"},
    {"a = '\xF5\x80\x80\x80'", "byte 6: 0xF5"},
    {"a = '\xEF\xBF\xBF'", "byte 6: 0xEF"},
};

static void refuses_with_the_place(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(refused); i++) {
    ets_filter *filter = (ets_filter *)(uintptr_t)1;
    ets_error error;
    if (ets_filter_parse(&filter, refused[i].text, &error) != ETS_E_USAGE)
      fail_msg("%s\n  is not refused", refused[i].text);
    assert_null(filter);
    assert_int_equal(error.status, ETS_E_USAGE);
    expect_part(refused[i].text, error.message, refused[i].message);
    assert_int_equal(ets_filter_parse(&filter, refused[i].text, NULL), ETS_E_USAGE);
  }
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
      cmocka_unit_test(reads),
      cmocka_unit_test(refuses_with_the_place),
      cmocka_unit_test(refuses_no_text),
      cmocka_unit_test(bounds_the_depth),
      cmocka_unit_test(reads_long_texts),
      cmocka_unit_test(shows_the_beginning_of_long_words),
      cmocka_unit_test(remembers_columns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
