#include "store/member.h"

#include <stdlib.h>

#include "store/index.h"

struct record *member_find(const struct store *store, const char *key, long list) {
  const struct table *table = store_table(store, "ListSubscriber");
  struct search search = {.table = table, .property = "SubscriberKey", .text = key};
  for (size_t i; (i = search_next(&search)) != SIZE_MAX;) {
    const char *id = node_text(table->records[i]->tree, "ListID");
    if (id && strtol(id, NULL, 10) == list)
      return table->records[i];
  }
  return NULL;
}
