#include "ground/value.h"

#include <string.h>

void value_set_text(struct value *value, const char *text) {
  if (!text) {
    value->kind = VALUE_ABSENT;
    return;
  }
  value_set_bytes(value, text, strlen(text));
}

enum { ADDRESS_LIMIT = 254 }; /* bytes, by RFC 5321 */

bool is_address(const char *text) {
  const char *at = text ? strchr(text, '@') : NULL;
  const char *dot = at ? strrchr(at, '.') : NULL;
  return at && at != text && dot && dot > at + 1 && dot[1] && !strpbrk(text, " \t\r\n<>,;") &&
         !strchr(at + 1, '@') && strlen(text) <= ADDRESS_LIMIT;
}
