/* Each status has a name and a line for people, of its own. */
#include "unit.h"

#include <etsoap/status.h>

static const ets_status all[] = {
#define STATUS(name, value, text) ETS_##name,
    ETS_STATUS_MAP(STATUS)
#undef STATUS
};

static void each_has_a_name_and_a_text(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(all); i++) {
    const char *name = ets_status_name(all[i]), *text = ets_status_text(all[i]);
    if (!*name || !*text || strchr(text, '\n') || strcmp(name, text) == 0)
      fail_msg("%d: %s, %s", all[i], name, text);
    for (size_t j = 0; j < i; j++)
      if (strcmp(name, ets_status_name(all[j])) == 0 || strcmp(text, ets_status_text(all[j])) == 0)
        fail_msg("%s and %s are told alike", name, ets_status_name(all[j]));
  }
  expect_text("ETS_OK", ets_status_text(ETS_OK), "done");
  expect_text("ETS_E_TIMEOUT", ets_status_name(ETS_E_TIMEOUT), "E_TIMEOUT");
  expect_text("ETS_E_TIMEOUT", ets_status_text(ETS_E_TIMEOUT),
              "the service did not answer in time");
}

static void what_is_none_is_said_to_be(void **state) {
  (void)state;
  expect_text("name", ets_status_name((ets_status)-100), "unknown status");
  expect_text("text", ets_status_text((ets_status)-100), "unknown status");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_has_a_name_and_a_text),
                                     cmocka_unit_test(what_is_none_is_said_to_be)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
