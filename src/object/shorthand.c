/* What programs ask for most, in one call. */
#include <etsoap/object.h>

enum { TEXTS = 16, TEXT_SIZE = 32 };

const char *ets_get_text_or(ets_object object, const char *path, const char *otherwise) {
  static _Thread_local char texts[TEXTS][TEXT_SIZE];
  static _Thread_local unsigned next;
  ets_value value = ets_get(object, path);
  if (value.presence != ETS_PRESENT && value.presence != ETS_EMPTY)
    return otherwise;
  if (value.text)
    return value.text;
  switch (value.kind) {
  case ETS_VALUE_BOOLEAN:
    return value.integer ? "true" : "false";
  case ETS_VALUE_INTEGER:
  case ETS_VALUE_DOUBLE:
    next = (next + 1) % TEXTS;
    ets_value_format(&value, texts[next], TEXT_SIZE);
    return texts[next];
  default:
    return otherwise;
  }
}

ets_object ets_get_object(ets_object object, const char *path, size_t index) {
  ets_value value = ets_get_item(object, path, index);
  return value.kind == ETS_VALUE_OBJECT && value.presence == ETS_PRESENT ? value.object
                                                                         : (ets_object){0};
}
