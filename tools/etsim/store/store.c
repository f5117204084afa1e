#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FIRST_ID = 880001 };

bool store_init(struct store *store) {
  *store = (struct store){.next_id = FIRST_ID};
  return pthread_rwlock_init(&store->lock, NULL) == 0;
}

void store_drop(struct record *record) {
  if (record)
    node_free(record->tree);
  free(record);
}

void store_free(struct store *store) {
  for (size_t i = 0; i < store->table_count; i++) {
    struct table *table = store->tables[i];
    for (size_t j = 0; j < table->count; j++)
      store_drop(table->records[j]);
    if (table->kind)
      table->forget_kind(table->kind);
    free(table->records);
    free(table->name);
    free(table);
  }
  free(store->tables);
  free(store->shadowed);
  free(store->unsubs);
  (void)pthread_rwlock_destroy(&store->lock);
}

void store_read(struct store *store) {
  (void)pthread_rwlock_rdlock(&store->lock);
}

void store_write(struct store *store) {
  (void)pthread_rwlock_wrlock(&store->lock);
}

void store_release(struct store *store) {
  (void)pthread_rwlock_unlock(&store->lock);
}

struct table *store_table(const struct store *store, const char *name) {
  for (size_t i = 0; i < store->table_count; i++)
    if (strcmp(store->tables[i]->name, name) == 0)
      return store->tables[i];
  return NULL;
}

struct table *store_make_table(struct store *store, const char *name) {
  struct table *table = store_table(store, name);
  if (table)
    return table;
  struct table **tables = realloc(store->tables, (store->table_count + 1) * sizeof *tables);
  if (!tables)
    return NULL;
  store->tables = tables;
  table = calloc(1, sizeof *table);
  if (!table || !(table->name = strdup(name))) {
    free(table);
    return NULL;
  }
  store->tables[store->table_count++] = table;
  return table;
}

static bool make_room(struct table *table) {
  if (table->count < table->capacity)
    return true;
  size_t capacity = table->capacity ? table->capacity * 2 : 16;
  struct record **records = realloc(table->records, capacity * sizeof *records);
  if (!records)
    return false;
  table->records = records;
  table->capacity = capacity;
  return true;
}

struct record *store_add(struct store *store, struct table *table, struct node *tree, int account) {
  struct record *record = tree && table && make_room(table) ? calloc(1, sizeof *record) : NULL;
  if (!record) {
    node_free(tree);
    return NULL;
  }
  *record = (struct record){.tree = tree, .account = account, .number = ++store->newest};
  table->records[table->count++] = record;
  return record;
}

void store_remove(struct table *table, size_t index) {
  store_drop(table->records[index]);
  table->records[index] = NULL;
}

void store_remove_record(struct table *table, const struct record *record) {
  for (size_t i = 0; table && i < table->count; i++)
    if (table->records[i] == record) {
      store_remove(table, i);
      return;
    }
}

void store_remove_all(struct table *table, const char *property, const char *text) {
  for (size_t i = 0; table && i < table->count; i++) {
    const struct record *record = table->records[i];
    const char *found = record && property ? node_text(record->tree, property) : NULL;
    if (record && (!property || (found && text && strcasecmp(found, text) == 0)))
      store_remove(table, i);
  }
}

size_t store_find(const struct table *table, const char *property, const char *text, int account) {
  for (size_t i = 0; table && i < table->count; i++) {
    const struct record *record = table->records[i];
    if (!record || (account && record->account && record->account != account))
      continue;
    const char *found = node_text(record->tree, property);
    if (found && strcasecmp(found, text) == 0)
      return i;
  }
  return SIZE_MAX;
}

bool store_is_shadowed(const struct store *store, uint32_t subscriber) {
  for (size_t i = 0; i < store->shadowed_count; i++)
    if (store->shadowed[i] == subscriber)
      return true;
  return false;
}

bool store_shadow(struct store *store, uint32_t subscriber) {
  uint32_t *shadowed = realloc(store->shadowed, (store->shadowed_count + 1) * sizeof *shadowed);
  if (!shadowed)
    return false;
  store->shadowed = shadowed;
  shadowed[store->shadowed_count++] = subscriber;
  return true;
}

bool store_count_unsubs(struct store *store, int send, int list, uint32_t count) {
  for (size_t i = 0; i < store->unsub_count; i++)
    if (store->unsubs[i].send == send && store->unsubs[i].list == list) {
      store->unsubs[i].count += count;
      return true;
    }
  struct extra_unsub *unsubs = realloc(store->unsubs, (store->unsub_count + 1) * sizeof *unsubs);
  if (!unsubs)
    return false;
  store->unsubs = unsubs;
  unsubs[store->unsub_count++] = (struct extra_unsub){send, list, count};
  return true;
}

uint32_t store_unsubs(const struct store *store, int send, int list) {
  uint32_t count = 0;
  for (size_t i = 0; i < store->unsub_count; i++)
    if (store->unsubs[i].send == send && (!list || store->unsubs[i].list == list))
      count += store->unsubs[i].count;
  return count;
}
