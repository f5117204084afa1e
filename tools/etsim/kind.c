#include "kind.h"

#include <string.h>

const struct kind *kind_find(const char *name) {
  static const struct kind *const others[] = {&send_kind, &link_send_kind, &list_send_kind};
  for (size_t i = 0; i < EVENT_TYPES; i++)
    if (strcmp(event_kinds[i].name, name) == 0)
      return &event_kinds[i];
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (strcmp(others[i]->name, name) == 0)
      return others[i];
  return NULL;
}

static int find(const struct kind *kind, const char *path, unsigned without) {
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

bool scan_sees(const struct scan *scan, int account) {
  if (!scan->accounts)
    return true;
  for (size_t i = 0; i < scan->account_count; i++)
    if (scan->accounts[i] == account)
      return true;
  return false;
}
