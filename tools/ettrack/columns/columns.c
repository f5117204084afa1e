#include "ettrack/columns/columns.h"

#include <stdlib.h>
#include <string.h>

bool columns_find(const struct columns *columns, const char *name, size_t *index) {
  for (*index = 0; *index < columns->count; ++*index)
    if (strcmp(columns->items[*index], name) == 0)
      return true;
  return false;
}

bool columns_add(struct columns *columns, const char *name, int rank) {
  size_t index;
  if (columns_find(columns, name, &index))
    return true;
  const char **items = realloc(columns->items, (columns->count + 1) * sizeof *items);
  if (items)
    columns->items = items;
  int *ranks = realloc(columns->ranks, (columns->count + 1) * sizeof *ranks);
  if (ranks)
    columns->ranks = ranks;
  if (!items || !ranks)
    return false;
  columns->items[columns->count] = name;
  columns->ranks[columns->count++] = rank;
  return true;
}

bool columns_add_all(struct columns *columns, const char *const *names) {
  for (; *names; names++)
    if (!columns_add(columns, *names, (int)columns->count + 1))
      return false;
  return true;
}

bool columns_among(const char *const *names, const char *name) {
  while (*names && strcmp(*names, name) != 0)
    names++;
  return *names != NULL;
}

bool columns_add_shown(struct columns *columns, const struct shown *shown) {
  for (; shown->name; shown++)
    if (!columns_add(columns, shown->name, shown->rank))
      return false;
  return true;
}

void columns_free(struct columns *columns) {
  free(columns->items);
  free(columns->ranks);
  *columns = (struct columns){NULL, NULL, 0};
}
