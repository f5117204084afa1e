/* What programs ask for most: a text of anything that has one, an item by its index. */
#include "unit.h"

#include <etsoap/pool.h>

static ets_pool *pool;
static ets_object send;

static int make(void **state) {
  (void)state;
  pool = ets_pool_new();
  send = ets_object_new(pool, "Send");
  ets_set(pool, send, "Subject", "News");
  ets_set_integer(pool, send, "NumberSent", 12000);
  ets_set_integer(pool, send, "NumberDelivered", -1);
  ets_set_boolean(pool, send, "IsMultipart", true);
  ets_set_nil(pool, send, "PartnerKey");
  ets_set(pool, send, "Email.Name", "Newsletter");
  ets_set(pool, send, "List[0].ListName", "first");
  ets_set(pool, send, "List[1].ListName", "second");
  return ets_pool_status(pool) == ETS_OK ? 0 : -1;
}

static int drop(void **state) {
  (void)state;
  ets_pool_free(pool);
  return 0;
}

static void anything_with_a_text_has_one(void **state) {
  (void)state;
  assert_string_equal(ets_get_text_or(send, "Subject", "-"), "News");
  assert_string_equal(ets_get_text_or(send, "NumberSent", "-"), "12000");
  assert_string_equal(ets_get_text_or(send, "NumberDelivered", "-"), "-1");
  assert_string_equal(ets_get_text_or(send, "IsMultipart", "-"), "true");
  assert_string_equal(ets_get_text_or(send, "Email.Name", "-"), "Newsletter");
}

static void the_rest_is_otherwise(void **state) {
  (void)state;
  assert_string_equal(ets_get_text_or(send, "PartnerKey", "none"), "none");
  assert_string_equal(ets_get_text_or(send, "EmailName", "none"), "none");
  assert_string_equal(ets_get_text_or(send, "Email", "none"), "none");
  assert_string_equal(ets_get_text_or(send, "NoSuchThing", "none"), "none");
  assert_string_equal(ets_get_text_or((ets_object){0}, "Subject", "none"), "none");
  assert_null(ets_get_text_or(send, "EmailName", NULL));
}

static void sixteen_numbers_fit_into_one_line(void **state) {
  (void)state;
  const char *texts[16];
  for (int i = 0; i < 16; i++) {
    ets_set_integer(pool, send, "NumberSent", i);
    texts[i] = ets_get_text_or(send, "NumberSent", "-");
  }
  for (int i = 0; i < 16; i++)
    assert_int_equal(strtol(texts[i], NULL, 10), i);
}

static void items_are_found_by_their_index(void **state) {
  (void)state;
  assert_string_equal(ets_get_text(ets_get_object(send, "List", 0), "ListName"), "first");
  assert_string_equal(ets_get_text(ets_get_object(send, "List", 1), "ListName"), "second");
  assert_null(ets_get_object(send, "List", 2).type);
  assert_null(ets_get_object(send, "Subject", 0).type);
  assert_string_equal(ets_get_text(ets_get_object(send, "Email", 0), "Name"), "Newsletter");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(anything_with_a_text_has_one),
      cmocka_unit_test(the_rest_is_otherwise),
      cmocka_unit_test(sixteen_numbers_fit_into_one_line),
      cmocka_unit_test(items_are_found_by_their_index),
  };
  return cmocka_run_group_tests(tests, make, drop);
}
