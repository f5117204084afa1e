/* The parts that go on the wire, written as [left AND right +more] with Values in '' and
 * DateValues in <>. How they look as XML is what the wire cases show. */
#include "unit.h"

#include "filter/to_wire.h"

#include <etsoap/filter.h>

struct shape {
  char text[4000];
  size_t length;
  size_t depth, deepest;
};

static void put(struct shape *shape, const char *format, const char *text) {
  shape->length += (size_t)snprintf(shape->text + shape->length, sizeof shape->text - shape->length,
                                    format, text);
  if (shape->length >= sizeof shape->text)
    shape->length = sizeof shape->text - 1;
}

static void put_values(struct shape *shape, ets_object part, const char *name, const char *format) {
  size_t count = ets_get(part, name).count;
  for (size_t i = 0; i < count; i++)
    put(shape, format, ets_get_item(part, name, i).text);
}

static void put_part(struct shape *shape, ets_object part) {
  if (ets_object_is(part, "SimpleFilterPart")) {
    put(shape, "%s ", ets_get_text(part, "Property"));
    put(shape, "%s", ets_get_text(part, "SimpleOperator"));
    put_values(shape, part, "Value", " '%s'");
    put_values(shape, part, "DateValue", " <%s>");
    return;
  }
  assert_true(ets_object_is(part, "ComplexFilterPart"));
  if (++shape->depth > shape->deepest)
    shape->deepest = shape->depth;
  put(shape, "%s", "[");
  put_part(shape, ets_get_object(part, "LeftOperand", 0));
  put(shape, " %s ", ets_get_text(part, "LogicalOperator"));
  put_part(shape, ets_get_object(part, "RightOperand", 0));
  for (size_t i = 0; i < ets_get(part, "AdditionalOperands.Operand").count; i++) {
    put(shape, "%s", " +");
    put_part(shape, ets_get_object(part, "AdditionalOperands.Operand", i));
  }
  put(shape, "%s", "]");
  shape->depth--;
}

static struct shape shape_of(const ets_filter *filter, const char *object_type, int utc_offset) {
  struct shape shape = {.length = 0};
  ets_object part;
  ets_error error;
  ets_pool *pool = ets_pool_new();
  if (ets_filter_to_wire(&part, pool, filter, object_type, utc_offset, &error) != ETS_OK)
    fail_msg("is refused: %s", error.message);
  put_part(&shape, part);
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

static const struct {
  const char *object_type, *text, *shape;
} cases[] = {
    /* every operator */
    {"SentEvent", "SendID = 1", "SendID equals '1'"},
    {"SentEvent", "SendID != 1", "SendID notEquals '1'"},
    {"SentEvent", "SendID > 1", "SendID greaterThan '1'"},
    {"SentEvent", "SendID < 1", "SendID lessThan '1'"},
    {"SentEvent", "SendID >= 1", "SendID greaterThanOrEqual '1'"},
    {"SentEvent", "SendID <= 1", "SendID lessThanOrEqual '1'"},
    {"SentEvent", "SendID IS NULL", "SendID isNull"},
    {"SentEvent", "SendID IS NOT NULL", "SendID isNotNull"},
    {"SentEvent", "SendID BETWEEN 1 AND 2", "SendID between '1' '2'"},
    {"SentEvent", "SendID IN (1, 2, 3)", "SendID IN '1' '2' '3'"},
    {"SentEvent", "SendID IN (1)", "SendID equals '1'"},
    {"SentEvent", "SubscriberKey LIKE 'x'", "SubscriberKey like 'x'"},
    /* dates: seconds, with an offset, in DateValue */
    {"SentEvent", "EventDate = 2026-11-01", "EventDate equals <2026-11-01T00:00:00-06:00>"},
    {"SentEvent", "EventDate BETWEEN '2026-11-01T10:02:01.987' AND '11/2/2026 1:00 PM'",
     "EventDate between <2026-11-01T10:02:01-06:00> <2026-11-02T13:00:00-06:00>"},
    {"SentEvent", "EventDate IN (2026-11-01Z, 2026-11-01T00:00+05:30)",
     "EventDate IN <2026-11-01T00:00:00Z> <2026-11-01T00:00:00+05:30>"},
    {"SentEvent", "EventDate IS NULL", "EventDate isNull"},
    {"SentEvent", "EventDate LIKE '2026-11-01'", "EventDate like '2026-11-01'"},
    {"ListSend", "List.CreatedDate > 2026-11-01",
     "List.CreatedDate greaterThan "
     "<2026-11-01T00:00:00-06:00>"},
    /* a date that only Describe knows, and one under Describe's spelling */
    {"DataExtensionTemplate", "RetainUntil > 2026-11-01",
     "RetainUntil greaterThan "
     "<2026-11-01T00:00:00-06:00>"},
    {"FilterActivity", "modifiedDate > 2026-11-01",
     "modifiedDate greaterThan "
     "<2026-11-01T00:00:00-06:00>"},
    /* what looks like a date and is none */
    {"SentEvent", "SubscriberKey = 2026-11-01", "SubscriberKey equals '2026-11-01'"},
    {"DataExtensionObject[Log]", "CreatedDate = 2026-11-01", "CreatedDate equals '2026-11-01'"},
    {"NewEvent", "EventDate = 2026-11-01", "EventDate equals '2026-11-01'"},
    /* text stays as it is */
    {"SentEvent", "SubscriberKey = '00123'", "SubscriberKey equals '00123'"},
    {"SentEvent", "SubscriberKey = ' a '", "SubscriberKey equals ' a '"},
    {"SentEvent", "SubscriberKey = 'True'", "SubscriberKey equals 'True'"},
    {"SentEvent", "ListID = 7", "ListID equals '7'"},
    /* booleans */
    {"Email", "IsHTMLPaste = TRUE", "IsHTMLPaste equals 'true'"},
    {"Email", "IsHTMLPaste = 0", "IsHTMLPaste equals 'false'"},
    {"Email", "IsHTMLPaste IN (1, False)", "IsHTMLPaste IN 'true' 'false'"},
    /* nesting */
    {"SentEvent", "SendID = 1 AND BatchID = 2", "[SendID equals '1' AND BatchID equals '2']"},
    {"SentEvent", "SendID = 1 OR BatchID = 2 OR BatchID = 3",
     "[SendID equals '1' OR [BatchID equals '2' OR BatchID equals '3']]"},
    {"SentEvent", "(SendID = 1 OR SendID = 2) AND BatchID = 3 AND BatchID = 4",
     "[[SendID equals '1' OR SendID equals '2'] AND [BatchID equals '3' AND BatchID equals '4']]"},
};

static void shapes(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    ets_filter *filter = parsed(cases[i].text);
    expect_text(cases[i].text, shape_of(filter, cases[i].object_type, -360).text, cases[i].shape);
    ets_filter_free(filter);
  }
}

static void dates_without_zone_are_in_the_session_s(void **state) {
  (void)state;
  ets_filter *filter = parsed("EventDate > '2026-11-01T10:00'");
  assert_string_equal(shape_of(filter, "SentEvent", -420).text,
                      "EventDate greaterThan <2026-11-01T10:00:00-07:00>");
  assert_string_equal(shape_of(filter, "SentEvent", 0).text,
                      "EventDate greaterThan <2026-11-01T10:00:00Z>");
  ets_filter_free(filter);
}

static void additional_operands_on_request(void **state) {
  (void)state;
  static const struct {
    const char *text, *shape;
  } wide[] = {
      {"SendID = 1", "SendID equals '1'"},
      {"SendID = 1 AND BatchID = 2", "[SendID equals '1' AND BatchID equals '2']"},
      {"SendID = 1 AND BatchID = 2 AND SubscriberID = 3",
       "[SendID equals '1' AND BatchID equals '2' +SubscriberID equals '3']"},
      {"SendID = 1 AND (BatchID = 2 OR BatchID = 3 OR BatchID = 4) AND ListID = 5 AND ListID = 6",
       "[SendID equals '1' AND [BatchID equals '2' OR BatchID equals '3' +BatchID equals '4'] "
       "+ListID equals '5' +ListID equals '6']"},
  };
  for (size_t i = 0; i < COUNT(wide); i++) {
    ets_filter *filter = parsed(wide[i].text);
    ets_filter_use_additional_operands(filter, true);
    expect_text(wide[i].text, shape_of(filter, "SentEvent", 0).text, wide[i].shape);
    ets_filter_free(filter);
  }
  ets_filter *filter = parsed(wide[2].text);
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
  static const struct {
    const char *text, *message;
  } wrong[] = {
      {"SendDI = 1", "did you mean SendID?"},
      {"EventDate > 'soon'", "takes a date"},
  };
  ets_pool *pool = ets_pool_new();
  for (size_t i = 0; i < COUNT(wrong); i++) {
    ets_error error;
    ets_object part = ets_object_new(pool, "SimpleFilterPart");
    ets_filter *filter = parsed(wrong[i].text);
    assert_int_equal(ets_filter_to_wire(&part, pool, filter, "SentEvent", -360, &error),
                     ETS_E_USAGE);
    assert_null(part.type);
    expect_part(wrong[i].text, error.message, wrong[i].message);
    ets_filter_free(filter);
  }
  ets_object part;
  ets_filter *filter = ets_filter_and(NULL, ets_filter_equals("SendID", "1"));
  assert_int_equal(ets_filter_to_wire(&part, pool, filter, "SentEvent", -360, NULL), ETS_E_NOMEM);
  ets_filter_free(filter);
  ets_pool_free(pool);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shapes),
      cmocka_unit_test(dates_without_zone_are_in_the_session_s),
      cmocka_unit_test(additional_operands_on_request),
      cmocka_unit_test(very_many_operands_stay_shallow),
      cmocka_unit_test(nothing_is_made_of_what_is_wrong),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
