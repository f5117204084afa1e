/* Texts compared, checked, cut and guessed at, whatever the locale. */
#include "unit.h"

#include "base/suggest.h"
#include "base/text.h"

#include <locale.h>

static void compares_ascii_letters_only(void **state) {
  (void)state;
  setlocale(LC_ALL, ""); /* a Turkish i, say, does not make IN another word */
  assert_true(ets_text_is("between", 7, "BETWEEN"));
  assert_true(ets_text_is("iN", 2, "In"));
  assert_true(ets_text_is("INTO", 2, "IN"));
  assert_true(ets_text_is("", 0, ""));
  assert_false(ets_text_is("in", 2, "inn"));
  assert_false(ets_text_is("inn", 3, "in"));
  assert_false(ets_text_is("@", 1, "`"));
  assert_false(ets_text_is("\xC3\x84", 2, "\xC3\xA4"));
}

static void knows_what_xml_carries(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t valid;
  } cases[] = {
      {"", 0},
      {"plain\t\r\n", 8},
      {"a\x01", 1},
      {"a\x1F", 1},
      {"a\x7F", 2},
      {"\xC2\x80", 2},
      {"\xDF\xBF", 2},
      {"\xE0\xA0\x80", 3},
      {"\xEF\xBF\xBD", 3},
      {"\xF0\x90\x80\x80", 4},
      {"\xF4\x8F\xBF\xBF", 4},
      {"\x80", 0},
      {"\xBF", 0},
      {"\xC0\x80", 0},
      {"\xC1\xBF", 0},
      {"\xC2", 0},
      {"\xC2z", 0},
      {"\xE0\x9F\xBF", 0},
      {"\xE2\x82", 0},
      {"\xED\x9F\xBF", 3},
      {"\xED\xA0\x80", 0},
      {"\xED\xBF\xBF", 0},
      {"\xEE\x80\x80", 3},
      {"\xEF\xBF\xBE", 0},
      {"\xF0\x8F\xBF\xBF", 0},
      {"\xF4\x90\x80\x80", 0},
      {"\xF8\x88\x80\x80\x80", 0},
      {"\xFF", 0},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    if (ets_text_valid(cases[i].text) != cases[i].valid)
      fail_msg("case %zu: %zu bytes are valid", i, ets_text_valid(cases[i].text));
}

static void trims_both_ends(void **state) {
  (void)state;
  static const struct {
    const char *text, *trimmed;
  } cases[] = {{"", ""},          {" \t\r\n\v\f", ""}, {"a", "a"},
               {" a b\n", "a b"}, {"a\r\n", "a"},      {"\xC2\xA0", "\xC2\xA0"}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    const char *text = cases[i].text;
    size_t n = ets_text_trim(&text);
    if (n != strlen(cases[i].trimmed) || strncmp(text, cases[i].trimmed, n) != 0)
      fail_msg("case %zu: %.*s", i, (int)n, text);
  }
}

static void cuts_between_characters(void **state) {
  (void)state;
  const char *text = "a\xC3\xA4\xE2\x82\xAC";
  static const size_t cuts[] = {0, 1, 1, 3, 3, 3, 6, 6};
  for (size_t limit = 0; limit < COUNT(cuts); limit++)
    assert_int_equal(ets_text_cut(text, 6, limit), cuts[limit]);
}

static const char *guess(const char *word) {
  static const char *const words[] = {"SendID", "SubscriberKey", "BatchID", "ID", "EventDate"};
  struct ets_suggestion suggestion = ets_suggest(word, strlen(word));
  for (size_t i = 0; i < COUNT(words); i++)
    ets_suggest_from(&suggestion, words[i]);
  return suggestion.best ? suggestion.best : "-";
}

static void guesses_what_is_near(void **state) {
  (void)state;
  static const struct {
    const char *word, *meant;
  } cases[] = {
      {"sendid", "SendID"},
      {"SnedID", "SendID"},
      {"SendI", "SendID"},
      {"SendIDs", "SendID"},
      {"BachID", "BatchID"},
      {"SubscriberKye", "SubscriberKey"},
      {"subscriber_key", "SubscriberKey"},
      {"EventTime", "EventDate"},
      {"id", "ID"},
      {"subs", "SubscriberKey"},
      {"Ev", "EventDate"},
      {"x", "-"},
      {"", "-"},
      {"EmailAddress", "-"},
      {"Quantity", "-"},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    expect_text(cases[i].word, guess(cases[i].word), cases[i].meant);
  char huge[5000];
  memset(huge, 'S', sizeof huge - 1);
  huge[sizeof huge - 1] = '\0';
  assert_string_equal(guess(huge), "-");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(compares_ascii_letters_only),
      cmocka_unit_test(knows_what_xml_carries),
      cmocka_unit_test(trims_both_ends),
      cmocka_unit_test(cuts_between_characters),
      cmocka_unit_test(guesses_what_is_near),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
