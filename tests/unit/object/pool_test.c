/* What a pool takes, and what it says of what it does not. */
#include "unit.h"

#include <etsoap/pool.h>

static const char *problem_of(const char *type, const char *path, const char *value) {
  static char message[sizeof(ets_error){0}.message];
  ets_pool *pool = ets_pool_new();
  ets_set(pool, ets_object_new(pool, type), path, value);
  bool usage = ets_pool_status(pool) == ETS_E_USAGE;
  snprintf(message, sizeof message, "%s",
           ets_pool_status(pool) == ETS_OK ? "none"
           : usage                         ? ets_pool_error(pool)->message
                                           : "other");
  ets_pool_free(pool);
  return message;
}

static void text_is_what_xml_can_carry(void **state) {
  (void)state;
  static const struct {
    const char *type, *path, *value, *problem;
  } cases[] = {
      {"Subscriber", "EmailAddress", "a\tb\r\n\xC3\xA4", "none"},
      {"Subscriber", "EmailAddress", "a\x01z", "Subscriber.EmailAddress: the value holds 0x01 at"},
      {"Subscriber", "EmailAddress", "\xFF", "Subscriber.EmailAddress: the value holds 0xFF at"},
      {"Subscriber", "Attributes[0].Value", "ab\xC3", "Subscriber.Attributes[0].Value: the value"},
      {"Subscriber", "Status", "Act\x1Bive", "Subscriber.Status: the value holds 0x1B at byte 4"},
      {"DataExtensionObject", "City", "U\x02lm", "DataExtensionObject.City: the value holds 0x02"},
      {"DataExtensionObject", "C\x7F", "Ulm", "none"},
      {"DataExtensionObject", "Ci\xE4ty", "Ulm", "DataExtensionObject.Ci: the name holds 0xE4 at"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *problem = problem_of(cases[i].type, cases[i].path, cases[i].value);
    if (strncmp(problem, cases[i].problem, strlen(cases[i].problem)) != 0)
      fail_msg("%s: %s", cases[i].problem, problem);
  }
}

/* What is no path is refused where something is set, and leads to nothing where it is read. */
static void an_index_is_digits(void **state) {
  (void)state;
  static const char *const wrong[] = {"[-1]", "[-0]",  "[+0]", "[ 0]", "[0 ]",
                                      "[]",   "[0x0]", "[0",   "[0]x", "[18446744073709551616]"};
  ets_pool *pool = ets_pool_new();
  ets_object subscriber = ets_object_new(pool, "Subscriber");
  ets_set(pool, subscriber, "Attributes[00].Value", "first");
  expect_text("[0]", ets_get_text(subscriber, "Attributes[0].Value"), "first");
  expect_text("[00]", ets_get_text(subscriber, "Attributes[00].Value"), "first");
  expect_text("none", ets_get_text(subscriber, "Attributes.Value"), "first");
  for (size_t i = 0; i < COUNT(wrong); i++) {
    char name[64];
    snprintf(name, sizeof name, "Attributes%s.Value", wrong[i]);
    expect_part(name, problem_of("Subscriber", name, "x"), "expected names with dots and indexes");
    ets_path path = ets_path_of(name);
    for (int again = 0; again < 2; again++)
      if (ets_get(subscriber, name).presence != ETS_ABSENT ||
          ets_path_get(&path, subscriber).presence != ETS_ABSENT)
        fail_msg("%s leads to something", name);
  }
  ets_pool_free(pool);
}

static void set_text(ets_pool *pool, ets_object none) {
  ets_set(pool, none, "Name", "x");
}

static void set_integer(ets_pool *pool, ets_object none) {
  ets_set_integer(pool, none, "ID", 1);
}

static void set_nil(ets_pool *pool, ets_object none) {
  ets_set_nil(pool, none, "Name");
}

static void set_itself(ets_pool *pool, ets_object none) {
  ets_set_object(pool, none, "Client", none);
}

/* One look at the pool is enough, whatever was set where. */
static void what_is_set_in_no_object_is_an_error(void **state) {
  (void)state;
  static const struct {
    const char *name;
    void (*set)(ets_pool *pool, ets_object none);
  } cases[] = {
      {"text", set_text}, {"integer", set_integer}, {"nil", set_nil}, {"object", set_itself}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    ets_pool *pool = ets_pool_new();
    cases[i].set(pool, (ets_object){0});
    if (ets_pool_status(pool) != ETS_E_USAGE)
      fail_msg("%s: the pool does not say it", cases[i].name);
    expect_part(cases[i].name, ets_pool_error(pool)->message, "there is no object");
    ets_pool_free(pool);
  }
}

static void no_pool_is_no_memory(void **state) {
  (void)state;
  ets_object none = ets_object_new(NULL, "Subscriber");
  ets_set(NULL, none, "SubscriberKey", "ann");
  assert_int_equal(ets_pool_status(NULL), ETS_E_NOMEM);
  assert_int_equal(ets_pool_error(NULL)->status, ETS_E_NOMEM);
  assert_string_equal(ets_pool_error(NULL)->message, "out of memory");
}

static void no_item_is_at_the_end_of_all_numbers(void **state) {
  (void)state;
  ets_pool *pool = ets_pool_new();
  ets_object subscriber = ets_object_new(pool, "Subscriber");
  ets_set(pool, subscriber, "Attributes[0].Value", "first");
  assert_null(ets_get_object(subscriber, "Attributes", SIZE_MAX).type);
  assert_int_equal(ets_get_item(subscriber, "Attributes", SIZE_MAX).presence, ETS_ABSENT);
  assert_non_null(ets_get_object(subscriber, "Attributes", 0).type);
  ets_pool_free(pool);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_what_xml_can_carry), cmocka_unit_test(no_pool_is_no_memory),
      cmocka_unit_test(an_index_is_digits), cmocka_unit_test(what_is_set_in_no_object_is_an_error),
      cmocka_unit_test(no_item_is_at_the_end_of_all_numbers)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
