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
