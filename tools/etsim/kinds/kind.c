#include "kinds/kind.h"

#include <stdlib.h>
#include <string.h>

static int find(const struct kind *kind, const char *path, unsigned without) {
  if (kind->by_path.used) {
    const struct property *found = names_get(&kind->by_path, path);
    return found && !(found->flags & without) ? (int)(found - kind->properties) : -1;
  }
  for (size_t i = 0; i < kind->property_count; i++)
    if (strcmp(kind->properties[i].path, path) == 0)
      return kind->properties[i].flags & without ? -1 : (int)i;
  return -1;
}

int kind_filterable(const struct kind *kind, const char *path) {
  return find(kind, path, PROPERTY_CLOSED);
}

int kind_retrievable(const struct kind *kind, const char *path) {
  return find(kind, path, PROPERTY_CLOSED | PROPERTY_FILTER_ONLY);
}

/* Of a kind that has its own: what computed kinds have is static. */
static void free_property(struct property *property) {
  free((char *)(uintptr_t)property->path);
  free((char *)(uintptr_t)property->required);
}

void kind_free(struct kind *kind) {
  if (!kind)
    return;
  kind_free(kind->older);
  for (size_t i = 0; kind->own && i < kind->property_count; i++)
    free_property(&kind->own[i]);
  free(kind->own);
  names_free(&kind->by_path);
  free(kind);
}

void property_nil(struct world *world, struct row *row, struct value *value) {
  (void)world, (void)row;
  value->kind = VALUE_NIL;
}
