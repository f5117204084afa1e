#include "kinds/filter.h"

#include <stdlib.h>
#include <string.h>

void filter_free(struct filter *filter) {
  if (!filter)
    return;
  for (size_t i = 0; i < filter->part_count; i++)
    filter_free(filter->parts[i]);
  for (size_t i = 0; i < filter->value_count; i++)
    free(filter->values[i].text);
  free(filter->parts);
  free(filter->values);
  free(filter);
}

static const struct filter *required(const struct filter *filter, const char *path,
                                     const struct filter **last) {
  if (!filter || filter->op == FILTER_OR)
    return NULL;
  if (filter->op == FILTER_AND) {
    for (size_t i = 0; i < filter->part_count; i++) {
      const struct filter *found = required(filter->parts[i], path, last);
      if (found)
        return found;
    }
    return NULL;
  }
  if (strcmp(filter->property->path, path) != 0)
    return NULL;
  if (*last) {
    if (*last == filter)
      *last = NULL;
    return NULL;
  }
  return filter;
}

const struct filter *filter_required(const struct filter *filter, const char *path,
                                     const struct filter *last) {
  return required(filter, path, &last);
}

const struct filter *filter_equality(const struct filter *filter, const char *path) {
  const struct filter *test = NULL;
  while ((test = filter_required(filter, path, test)) != NULL)
    if (test->op == FILTER_EQUALS)
      return test;
  return NULL;
}
