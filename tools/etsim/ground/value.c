#include "ground/value.h"

#include <string.h>

void value_set_text(struct value *value, const char *text) {
  if (!text) {
    value->kind = VALUE_ABSENT;
    return;
  }
  value_set_bytes(value, text, strlen(text));
}
