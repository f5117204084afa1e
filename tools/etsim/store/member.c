#include "store/member.h"

#include <stdlib.h>
#include <strings.h>

struct record *member_find(const struct store *store, const char *key, long list) {
  const struct table *table = store_table(store, "ListSubscriber");
  for (size_t i = 0; table && i < table->count; i++) {
    struct record *record = table->records[i];
    const char *of = record ? node_text(record->tree, "SubscriberKey") : NULL;
    const char *id = record ? node_text(record->tree, "ListID") : NULL;
    if (of && id && strcasecmp(of, key) == 0 && strtol(id, NULL, 10) == list)
      return record;
  }
  return NULL;
}
