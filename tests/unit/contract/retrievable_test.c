/* The table of retrievable properties: what it answers, and, where the recorded facts lie beside
 * the source tree, that it holds all of them and nothing else. */
#include "unit.h"

#include "contract/retrievable.h"
#include "contract/types.h"

#include <etsoap/retrievable.h>

/* The object types of the table, as it lists them. */
static const char *const listed[] = {
#define ETS_TYPE(name) name,
#define ETS_PROPERTY(name, describe_type)
#include "contract/retrievable.def"
#undef ETS_TYPE
#undef ETS_PROPERTY
};

static void answers(void **state) {
  (void)state;
  assert_true(ets_retrievable_knows("Send"));
  assert_false(ets_retrievable_knows("send"));
  assert_false(ets_retrievable_knows("SendX"));
  assert_false(ets_retrievable_knows("ID")); /* a property */
  assert_non_null(ets_retrievable_find("Send", "BCCEmail"));
  assert_null(ets_retrievable_find("Send", "BccEmail"));
  assert_null(ets_retrievable_find("Send", "SubscriberKey")); /* of the type behind it */
  assert_null(ets_retrievable_find("SendX", "ID"));
  assert_string_equal(ets_retrievable_find("SentEvent", "ListID")->describe_type, "Int32");
  assert_string_equal(ets_retrievable_find("SentEvent", "EventDate")->describe_type, "DateTime");
}

static void keeps_the_order_of_describe(void **state) {
  (void)state;
  static const char *const expected[] = {"SendID",
                                         "SubscriberKey",
                                         "EventDate",
                                         "Client.ID",
                                         "EventType",
                                         "BatchID",
                                         "TriggeredSendDefinitionObjectID",
                                         "ListID",
                                         "PartnerKey",
                                         "SubscriberID"};
  size_t count;
  const struct ets_retrievable *properties = ets_retrievable_properties(&count, "SentEvent");
  assert_int_equal(count, COUNT(expected));
  for (size_t i = 0; i < count; i++)
    assert_string_equal(properties[i].property, expected[i]);
  assert_null(ets_retrievable_properties(&count, "SentEventX"));
  assert_int_equal(count, 0);
}

static void rows_of_data_extensions_are_one(void **state) {
  (void)state;
  assert_true(ets_retrievable_is_rows("DataExtensionObject[SendLog]"));
  assert_false(ets_retrievable_is_rows("DataExtensionObject"));
  assert_true(ets_retrievable_knows("DataExtensionObject[SendLog]"));
  assert_non_null(ets_retrievable_find("DataExtensionObject[SendLog]", "_CustomObjectKey"));
  assert_null(ets_retrievable_find("DataExtensionObject", "_CustomObjectKey"));
}

static void lists_types_in_order(void **state) {
  (void)state;
  size_t properties, all = 0;
  for (size_t i = 0; i < COUNT(listed); i++) {
    if (i > 0 && strcmp(listed[i - 1], listed[i]) >= 0)
      fail_msg("%s comes before %s", listed[i - 1], listed[i]);
    assert_non_null(ets_retrievable_properties(&properties, listed[i]));
    if (properties == 0)
      fail_msg("%s has no properties", listed[i]);
    all += properties;
  }
  assert_in_range(all, 1000, 2000);
}

static void the_public_table_has_what_the_contract_has(void **state) {
  (void)state;
  const char *type, *before = "";
  size_t types = 0, rows = 0;
  for (; (type = ets_retrievable_type(types)); before = type, types++) {
    if (strcmp(before, type) >= 0)
      fail_msg("%s comes before %s", before, type);
    if (!ets_retrievable_property(type, 0))
      fail_msg("%s has no properties", type);
    if (!ets_type_find(type, strcspn(type, "[")))
      fail_msg("the contract has no %s", type);
    rows += strcmp(type, "DataExtensionObject[]") == 0;
  }
  assert_in_range(types, 2, COUNT(listed));
  assert_int_equal(rows, 1);
  assert_string_equal(ets_retrievable_property("Account", 1), "AccountType");
  assert_null(ets_retrievable_property("Account", 1000));
  assert_null(ets_retrievable_property("Nonsense", 0));
}

static void holds_the_facts(void **state) {
  (void)state;
  char line[400];
  size_t lines = 0, all = 0;
  FILE *file = fopen(FACTS, "r");
  if (!file) {
    print_message("skipped: %s is not there to hold the table against\n", FACTS);
    skip();
  }
  assert_non_null(fgets(line, sizeof line, file));
  while (fgets(line, sizeof line, file)) {
    char *property = strchr(line, ',');
    assert_non_null(property);
    *property++ = '\0';
    char *type = strchr(property, ',');
    assert_non_null(type);
    *type++ = '\0';
    type[strcspn(type, ",")] = '\0';
    if (*property == '<') /* any column of a data extension */
      continue;
    const struct ets_retrievable *found = ets_retrievable_find(line, property);
    if (!found)
      fail_msg("%s has no %s", line, property);
    if (*type != '?' && !ets_retrievable_is_rows(line))
      expect_text(property, found->describe_type, type);
    lines++;
  }
  fclose(file);
  for (size_t i = 0, count; i < COUNT(listed); i++, all += count)
    ets_retrievable_properties(&count, listed[i]);
  assert_int_equal(lines, all);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(answers),
      cmocka_unit_test(keeps_the_order_of_describe),
      cmocka_unit_test(rows_of_data_extensions_are_one),
      cmocka_unit_test(lists_types_in_order),
      cmocka_unit_test(the_public_table_has_what_the_contract_has),
      cmocka_unit_test(holds_the_facts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
