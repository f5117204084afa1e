/* Lifting a secret out of JSON, masking one in a message. */
#include "base/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct lift_case {
  const char *json;
  const char *value; /* NULL: none */
  const char *left;  /* NULL: unchanged */
};

static const struct lift_case lift_cases[] = {
    {"{\"token\":\"abc\"}", "abc", "{\"token\":\"xxx\"}"},
    {"{ \"a\" : 1, \"token\" :\n \"abc\" }", "abc", "{ \"a\" : 1, \"token\" :\n \"xxx\" }"},
    {"{\"a\":{\"token\":\"no\"},\"token\":\"yes\"}", "yes",
     "{\"a\":{\"token\":\"no\"},\"token\":\"xxx\"}"},
    {"{\"a\":\"token\",\"token\":\"abc\"}", "abc", "{\"a\":\"token\",\"token\":\"xxx\"}"},
    {"{\"a\":\"\\\"token\\\":\\\"no\",\"token\":\"abc\"}", "abc",
     "{\"a\":\"\\\"token\\\":\\\"no\",\"token\":\"xxx\"}"},
    {"{\"token\":\"\"}", "", NULL},
    {"{\"token\":\"a\\u0062\"}", "ab", "{\"token\":\"xxxxxxx\"}"},
    {"{\"token\":\"a\\/b\\\\\\\"\"}", "a/b\\\"", "{\"token\":\"xxxxxxxx\"}"},
    {"{\"token\":\"a\\u00e4\"}", NULL, NULL},
    {"{\"token\":\"a\\u00zz\"}", NULL, NULL},
    {"{\"token\":\"a\\u0000\"}", NULL, NULL},
    {"{\"token\":\"a\\x\"}", NULL, NULL},
    {"{\"token\":7}", NULL, NULL},
    {"[\"token\",\"abc\"]", NULL, NULL},
    {"{\"token\":\"abc", NULL, NULL},
    {"{\"token\":\"abc\\", NULL, NULL},
    {"{\"token\"", NULL, NULL},
    {"{\"token", NULL, NULL},
    {"<html>", NULL, NULL},
    {"", NULL, NULL},
};

static void lifts_the_member_of_the_outermost_object(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof lift_cases / sizeof *lift_cases; i++) {
    const struct lift_case *c = &lift_cases[i];
    char json[200];
    char *value;
    memcpy(json, c->json, strlen(c->json) + 1);
    assert_true(ets_secret_lift(&value, json, "token"));
    if (c->value)
      assert_string_equal(value, c->value);
    else
      assert_null(value);
    assert_string_equal(json, c->left ? c->left : c->json);
    ets_wipe(value);
  }
}

static const char *masked(const char *text, const char *secret) {
  static char copy[200];
  memcpy(copy, text, strlen(text) + 1);
  ets_secret_mask(copy, secret);
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lifts_the_member_of_the_outermost_object),
      cmocka_unit_test(masks_every_occurrence),
      cmocka_unit_test(masks_what_is_escaped),
      cmocka_unit_test(leaves_words_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
