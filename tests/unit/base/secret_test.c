/* Lifting a secret out of JSON. */
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lifts_the_member_of_the_outermost_object),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
