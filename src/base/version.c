#include <etsoap/version.h>

const char *ets_version(void) {
  return ETSOAP_VERSION_TEXT;
}
