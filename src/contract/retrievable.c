#include "contract/retrievable.h"

#include "contract/types.h"

#include <string.h>

#include <etsoap/retrievable.h>

/* The lines of the table as they stand: an object type is a line without a describe type, and its
 * properties follow it; one more such line ends the table. */
static const struct ets_retrievable lines[] = {
#define ETS_TYPE(name) {name, NULL},
#define ETS_PROPERTY(name, describe_type) {name, describe_type},
#include "contract/retrievable.def"
#undef ETS_TYPE
#undef ETS_PROPERTY
    {"", NULL},
};

enum { LINE_COUNT = sizeof lines / sizeof *lines - 1 };

bool ets_retrievable_is_rows(const char *object_type) {
  return strncmp(object_type, "DataExtensionObject[", 20) == 0;
}

/* The line of an object type; NULL when the table does not have it. */
static const struct ets_retrievable *find_type(const char *object_type) {
  const char *wanted = ets_retrievable_is_rows(object_type) ? "DataExtensionObject[]" : object_type;
  for (size_t i = 0; i < LINE_COUNT; i++)
    if (!lines[i].describe_type && strcmp(lines[i].property, wanted) == 0)
      return &lines[i];
  return NULL;
}

bool ets_retrievable_knows(const char *object_type) {
  return find_type(object_type) != NULL;
}

const struct ets_retrievable *ets_retrievable_properties(size_t *count, const char *object_type) {
  const struct ets_retrievable *type = find_type(object_type);
  *count = 0;
  if (!type)
    return NULL;
  while (type[1 + *count].describe_type)
    ++*count;
  return type + 1;
}

const struct ets_retrievable *ets_retrievable_find(const char *object_type, const char *property) {
  size_t count;
  const struct ets_retrievable *properties = ets_retrievable_properties(&count, object_type);
  for (size_t i = 0; i < count; i++)
    if (strcmp(properties[i].property, property) == 0)
      return &properties[i];
  return NULL;
}

/* Without what an older contract does not have yet. */
static bool is_of_contract(const char *object_type) {
  return ets_type_find(object_type, strcspn(object_type, "["));
}

const char *ets_retrievable_type(size_t index) {
  for (size_t i = 0; i < LINE_COUNT; i++)
    if (!lines[i].describe_type && is_of_contract(lines[i].property) && index-- == 0)
      return lines[i].property;
  return NULL;
}

const char *ets_retrievable_property(const char *object_type, size_t index) {
  size_t count;
  const struct ets_retrievable *properties = ets_retrievable_properties(&count, object_type);
  return index < count ? properties[index].property : NULL;
}
