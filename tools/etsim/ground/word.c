#include "ground/word.h"

#include <string.h>

#include "contract/types.h"

const char *word_of(const char *type, const char *member, int value) {
  const struct ets_type *owner = ets_type_find(type, strlen(type));
  const struct ets_field *field = owner ? ets_type_field(owner, member, strlen(member)) : NULL;
  const struct ets_enum *values = field ? field->enumeration : NULL;
  return values && value >= 0 && value < values->count ? values->values[value] : "unknown";
}
