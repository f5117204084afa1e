#include "unit.h"

#include <etsoap/etsoap.h>

/* The header's version is the one that the build, and so the package, has. */
static void test_header_library_and_package_agree(void **state) {
  (void)state;
  char joined[32];
  snprintf(joined, sizeof joined, "%d.%d.%d", ETSOAP_VERSION_MAJOR, ETSOAP_VERSION_MINOR,
           ETSOAP_VERSION_PATCH);
  assert_string_equal(joined, PACKAGE_VERSION);
  assert_string_equal(ETSOAP_VERSION_TEXT, PACKAGE_VERSION);
  assert_string_equal(ets_version(), PACKAGE_VERSION);
}

#if ETSOAP_VERSION_NUMBER < 100 || ETSOAP_VERSION_NUMBER >= 10000 * (ETSOAP_VERSION_MAJOR + 1)
#error "ETSOAP_VERSION_NUMBER cannot be compared in #if"
#endif

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_header_library_and_package_agree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
