#include "store/data_extension.h"

#include <stdio.h>

struct record *data_extension_find(const struct store *store, const char *key) {
  struct table *table = store_table(store, "DataExtension");
  size_t index = store_find(table, "CustomerKey", key, 0);
  if (index == SIZE_MAX)
    index = store_find(table, "Name", key, 0);
  return index == SIZE_MAX ? NULL : table->records[index];
}

void data_extension_table(char *name, size_t size, const char *key) {
  snprintf(name, size, DATA_EXTENSION_ROWS "%s]", key);
}

const struct record *send_log_find(const struct store *store) {
  const struct table *table = store_table(store, "DataExtension");
  size_t index = store_find(table, "Template.ObjectID", SEND_LOG_TEMPLATE, 0);
  return index == SIZE_MAX ? data_extension_find(store, "SendLog") : table->records[index];
}

bool data_extension_rename(struct store *store, const char *key, const char *new_key) {
  char from[DATA_EXTENSION_NAME_SIZE], to[DATA_EXTENSION_NAME_SIZE];
  data_extension_table(from, sizeof from, key);
  data_extension_table(to, sizeof to, new_key);
  struct table *table = store_table(store, from);
  struct table *old = store_make_table(store, to); /* of one that was deleted, or of none */
  if (!table || table == old)
    return old != NULL;
  if (!old)
    return false;
  /* Readers hold on to the kind of a table, which names it: only the records change places. */
  const struct table there = *old;
  old->records = table->records, old->count = table->count, old->capacity = table->capacity;
  old->gaps = table->gaps, old->indexes = table->indexes;
  table->records = there.records, table->count = there.count, table->capacity = there.capacity;
  table->gaps = there.gaps, table->indexes = there.indexes;
  return true;
}
