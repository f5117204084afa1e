#include "etwsdl/reference/described.h"

#include <string.h>

/* A line of type NULL names the object type of those that follow. */
static const struct described lines[] = {
#define ETS_TYPE(name) {name, NULL},
#define ETS_PROPERTY(name, type) {name, type},
#include "../../../src/contract/retrievable.def"
#undef ETS_TYPE
#undef ETS_PROPERTY
};
enum { LINES = sizeof lines / sizeof *lines };

const struct described *described_properties(const char *object_type, size_t *count) {
  *count = 0;
  for (size_t i = 0; i < LINES; i++) {
    if (lines[i].type || strcmp(lines[i].property, object_type) != 0)
      continue;
    while (i + 1 + *count < LINES && lines[i + 1 + *count].type)
      ++*count;
    return &lines[i + 1];
  }
  return NULL;
}

bool described_has(const char *object_type, const char *property) {
  size_t count, n = strlen(property);
  const struct described *properties = described_properties(object_type, &count);
  for (size_t i = 0; i < count; i++)
    if (strncmp(properties[i].property, property, n) == 0 &&
        (properties[i].property[n] == '\0' || properties[i].property[n] == '.'))
      return true;
  return false;
}
