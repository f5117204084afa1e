/* The parts that go on the wire, of filters that no text stands for or that are long; the others,
 * and how the parts are written here, are in tests/filter. How they look as XML is what the wire
 * cases show. */
#include "unit.h"

#include "shape.h"

#include "filter/to_wire.h"

#include <etsoap/filter.h>

static struct shape shape_of(const ets_filter *filter, const char *object_type, int utc_offset) {
  struct shape shape = {.length = 0};
  ets_object part;
  ets_error error;
  ets_pool *pool = ets_pool_new();
  if (ets_filter_to_wire(&part, pool, filter, object_type, utc_offset, &error) != ETS_OK)
    fail_msg("is refused: %s", error.message);
  shape_of_part(&shape, part);
  ets_pool_free(pool);
  return shape;
}

static ets_filter *parsed(const char *text) {
  ets_filter *filter;
  ets_error error;
  if (ets_filter_parse(&filter, text, &error) != ETS_OK)
    fail_msg("%s\n  is not read: %s", text, error.message);
  return filter;
}

static void additional_operands_on_request(void **state) {
  (void)state;
  ets_filter *filter = parsed("SendID = 1 AND BatchID = 2 AND SubscriberID = 3");
  ets_filter_use_additional_operands(filter, true);
  filter = ets_filter_and(filter, ets_filter_equals("ListID", "4"));
  assert_string_equal(
      shape_of(filter, "SentEvent", 0).text,
      "[SendID equals '1' AND BatchID equals '2' +SubscriberID equals '3' +ListID equals '4']");
  ets_filter_use_additional_operands(filter, false);
  assert_string_equal(shape_of(filter, "SentEvent", 0).text,
                      "[SendID equals '1' AND [BatchID equals '2' AND [SubscriberID equals '3' AND "
                      "ListID equals '4']]]");
  ets_filter_free(filter);
}

/* Ten thousand operands must not nest ten thousand deep: that is somebody's stack. */
static void very_many_operands_stay_shallow(void **state) {
  (void)state;
  ets_filter *filter = ets_filter_equals_integer("SendID", 0);
  for (int i = 1; i < 10000; i++)
    filter = ets_filter_or(filter, ets_filter_equals_integer("SendID", i));
  struct shape shape = shape_of(filter, "SentEvent", 0);
  assert_in_range(shape.deepest, 14, 64);
  ets_filter_free(filter);

  /* and all of them are there, in order */
  filter = ets_filter_equals_integer("SendID", 0);
  for (int i = 1; i < 100; i++)
    filter = ets_filter_or(filter, ets_filter_equals_integer("SendID", i));
  shape = shape_of(filter, "SentEvent", 0);
  const char *at = shape.text;
  for (int i = 0; i < 100; i++) {
    char expected[32];
    snprintf(expected, sizeof expected, "SendID equals '%d'", i);
    at = strstr(at, "SendID");
    assert_non_null(at);
    assert_memory_equal(at, expected, strlen(expected));
    at++;
  }
  assert_null(strstr(at, "SendID"));
  ets_filter_free(filter);
}

static void nothing_is_made_of_what_is_wrong(void **state) {
  (void)state;
  ets_pool *pool = ets_pool_new();
  ets_object part;
  ets_filter *filter = ets_filter_and(NULL, ets_filter_equals("SendID", "1"));
  assert_int_equal(ets_filter_to_wire(&part, pool, filter, "SentEvent", -360, NULL), ETS_E_NOMEM);
  ets_filter_free(filter);
  ets_pool_free(pool);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(additional_operands_on_request),
      cmocka_unit_test(very_many_operands_stay_shallow),
      cmocka_unit_test(nothing_is_made_of_what_is_wrong),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
