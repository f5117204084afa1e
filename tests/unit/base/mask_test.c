/* Masking secrets in text from outside. */
#include "base/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *masked(const char *text, const char *secret) {
  static char copy[200];
  memcpy(copy, text, strlen(text) + 1);
  ets_mask(copy, secret);
  return copy;
}

static void masks_every_occurrence(void **state) {
  (void)state;
  assert_string_equal(masked("key abcd is abcdabcd, not abc", "abcd"),
                      "key *** is ******, not abc");
  assert_string_equal(masked("abcd", ""), "abcd");
  assert_string_equal(masked("abcd", NULL), "abcd");
}

static void masks_what_is_escaped(void **state) {
  (void)state;
  assert_string_equal(masked("p&lt;a&amp;s&quot;/ is wrong", "p<a&s\"/"), "*** is wrong");
  assert_string_equal(masked("p&#60;a&#x26;s&#34;/ is wrong", "p<a&s\"/"), "*** is wrong");
  assert_string_equal(masked("\"p<a&s\\\"\\/\"", "p<a&s\"/"), "\"***\"");
  assert_string_equal(masked("p\\u003ca\\u0026s\\u0022/!", "p<a&s\"/"), "***!");
  assert_string_equal(masked("?p=p%3ca%26s%22%2F&x", "p<a&s\"/"), "?p=***&x");
  assert_string_equal(masked("a\\b is a\\\\b", "is a\\b"), "a\\b ***");
  assert_string_equal(masked("p&lt;a&am", "p<a&x"), "p&lt;a&am");
}

/* Stars in place of every `is` would tell what the secret is. */
static void leaves_words_alone(void **state) {
  (void)state;
  assert_string_equal(masked("the login is wrong", "is"), "the login is wrong");
}

static void the_case_does_not_matter(void **state) {
  (void)state;
  assert_string_equal(masked("text/abcd and ABCD", "aBCd"), "text/*** and ***");
  assert_string_equal(masked("%41bcd", "abcd"), "***");
}

static void the_begin_of_a_secret_at_a_cut_goes(void **state) {
  (void)state;
  static const struct {
    const char *text, *left;
  } cuts[] = {{"is abcd here", "is *** here"},
              {"is abcd, ab", "is ***, "},
              {"is a", "is "},
              {"is abd", "is abd"},
              {"is ab&#9", "is "},
              {"", ""}};
  for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
    char copy[40];
    memcpy(copy, cuts[i].text, strlen(cuts[i].text) + 1);
    ets_mask_cut(copy, "abcd");
    assert_string_equal(copy, cuts[i].left);
  }
}

/* Of a text that goes on, each begin is what it is or may become it. */
static void a_piece_may_become_a_secret(void **state) {
  (void)state;
  static const char *const forms[] = {"p<a&s", "p&lt;a&amp;s", "p&#x3c;a&#38;s", "p\\u003ca%26s"};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    size_t size = strlen(forms[i]);
    for (size_t n = 0; n <= size; n++) {
      struct ets_mask_text text = {forms[i], forms[i] + n, false};
      const char *behind = NULL;
      enum ets_mask_found found = ets_mask_find(text, "p<a&s", &behind);
      assert_int_equal(found, n < size ? ETS_MASK_PERHAPS : ETS_MASK_YES);
      if (n == size)
        assert_ptr_equal(behind, forms[i] + size);
      text.whole = true;
      assert_int_equal(ets_mask_find(text, "p<a&s", &behind),
                       n < size ? ETS_MASK_NO : ETS_MASK_YES);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(masks_every_occurrence),
      cmocka_unit_test(masks_what_is_escaped),
      cmocka_unit_test(leaves_words_alone),
      cmocka_unit_test(the_case_does_not_matter),
      cmocka_unit_test(the_begin_of_a_secret_at_a_cut_goes),
      cmocka_unit_test(a_piece_may_become_a_secret),
  };
  return cmocka_run_group_tests_name("mask", tests, NULL, NULL);
}
