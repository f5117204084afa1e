#include "ettrack/cli/columns.h"

#include <stdlib.h>
#include <string.h>

bool columns_have(const struct columns *columns, const char *name) {
  for (size_t i = 0; i < columns->count; i++)
    if (strcmp(columns->items[i], name) == 0)
      return true;
  return false;
}

bool columns_add(struct columns *columns, const char *name) {
  if (columns_have(columns, name))
    return true;
  const char **items = realloc(columns->items, (columns->count + 1) * sizeof *items);
  if (!items)
    return false;
  columns->items = items;
  columns->items[columns->count++] = name;
  return true;
}

bool columns_add_all(struct columns *columns, const char *const *names) {
  for (; *names; names++)
    if (!columns_add(columns, *names))
      return false;
  return true;
}

bool columns_choose(struct columns *columns, const struct options *options, const char *const *all,
                    const char *const *table) {
  const struct names *asked = &options->properties;
  for (size_t i = 0; i < asked->count; i++)
    if (!columns_add(columns, asked->items[i]))
      return false;
  if (asked->count > 0)
    return true;
  return columns_add_all(columns, options->writer->for_people ? table : all);
}

void columns_free(struct columns *columns) {
  free(columns->items);
  columns->items = NULL;
  columns->count = 0;
}
