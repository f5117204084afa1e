#include <etsoap/object.h>

#include "object/scalar.h"

#include <inttypes.h>
#include <stdio.h>

size_t ets_value_format(const ets_value *value, char *buffer, size_t size) {
  int n = 0;
  if (value->presence == ETS_PRESENT)
    switch (value->kind) {
    case ETS_VALUE_TEXT:
    case ETS_VALUE_DATETIME:
      n = snprintf(buffer, size, "%s", value->text);
      break;
    case ETS_VALUE_INTEGER:
      n = value->text ? snprintf(buffer, size, "%s", value->text)
                      : snprintf(buffer, size, "%" PRId64, value->integer);
      break;
    case ETS_VALUE_BOOLEAN:
      n = snprintf(buffer, size, "%s", value->integer ? "true" : "false");
      break;
    case ETS_VALUE_DOUBLE:
      return value->text ? (size_t)snprintf(buffer, size, "%s", value->text)
                         : ets_double_format(value->real, buffer, size);
    case ETS_VALUE_OBJECT:
      n = snprintf(buffer, size, "%s", ets_object_type(value->object));
      break;
    case ETS_VALUE_BINARY:
      n = snprintf(buffer, size, "%zu bytes", value->size);
      break;
    }
  else if (size)
    buffer[0] = '\0';
  return n > 0 ? (size_t)n : 0;
}
