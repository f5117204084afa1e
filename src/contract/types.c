#include "contract/types.h"

#include <string.h>

static int compare(const char *key, size_t n, const char *name) {
  int order = strncmp(key, name, n);
  return order != 0 ? order : name[n] == '\0' ? 0 : -1;
}

const struct ets_type *ets_type_find(const char *name, size_t n) {
  size_t low = 0, high = ets_type_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(name, n, ets_types[middle]->name);
    if (order == 0)
      return ets_types[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

const struct ets_field *ets_type_field(const struct ets_type *type, const char *name, size_t n) {
  for (uint32_t i = 0; i < type->field_count; i++)
    if (compare(name, n, type->fields[i].name) == 0)
      return &type->fields[i];
  return NULL;
}

bool ets_type_declares(const struct ets_type *type, const char *path) {
  while (type) {
    size_t n = strcspn(path, ".");
    const struct ets_field *field = ets_type_field(type, path, n);
    if (!field || !path[n])
      return field;
    type = field->type;
    path += n + 1;
  }
  return false;
}

bool ets_type_is(const struct ets_type *type, const struct ets_type *base) {
  while (type && type != base)
    type = type->base;
  return type;
}
