#include "base/address.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool is_loopback(const char *host, size_t n) {
  static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (n == strlen(names[i]) && strncasecmp(host, names[i], n) == 0)
      return true;
  return false;
}

enum { ADDRESS_MAX = 1000 }; /* gSOAP cuts what is longer */

static bool is_plain(const char *address) {
  for (const char *c = address; *c; c++)
    if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7F)
      return false;
  return strlen(address) <= ADDRESS_MAX;
}

ets_status ets_address_check(const char *what, const char *address, ets_error *error) {
  bool tls = strncmp(address, "https://", 8) == 0;
  const char *host = address + (tls ? 8 : 7);
  bool is_address = is_plain(address) && (tls || strncmp(address, "http://", 7) == 0) && *host &&
                    *host != '/' && !memchr(host, '@', strcspn(host, "/"));
  if (!is_address)
    return ets_error_set(error, ETS_E_USAGE,
                         "%s %.200s is no address: expected https://HOST/PATH in plain ASCII", what,
                         address);
  size_t n = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/");
  if (tls || is_loopback(host, n))
    return ETS_OK;
  return ets_error_set(error, ETS_E_USAGE,
                       "%s %.200s would send the credentials readable: use https "
                       "(http is for 127.0.0.1 and localhost)",
                       what, address);
}
