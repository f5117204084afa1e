#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "store/index.h"

enum { FIRST_ID = 880001 };

bool store_init(struct store *store) {
  *store = (struct store){.next_id = FIRST_ID, .changed = true};
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
    indexes_free(table->indexes);
    free(table->records);
    free(table->name);
    free(table);
  }
  free(store->tables);
  numbers_free(&store->shadowed);
  free(store->unsubs);
  (void)pthread_rwlock_destroy(&store->lock);
}

void store_read(struct store *store) {
  (void)pthread_rwlock_rdlock(&store->lock);
}

void store_lock(struct store *store) {
  (void)pthread_rwlock_wrlock(&store->lock);
}

void store_write(struct store *store) {
  store_lock(store);
  atomic_store(&store->changed, true);
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
  if (!table || !(table->name = strdup(name)) || !(table->indexes = indexes_new())) {
    if (table)
      free(table->name);
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
  *record = (struct record){
      .tree = tree, .account = account, .number = ++store->newest, .place = table->count};
  table->records[table->count++] = record;
  return record;
}

void store_remove(struct table *table, size_t index) {
  store_drop(table->records[index]);
  table->records[index] = NULL;
  table->gaps++;
}

void store_close_gaps(struct table *table) {
  if (!table || table->gaps * 2 <= table->count)
    return;
  size_t kept = 0;
  for (size_t i = 0; i < table->count; i++) {
    struct record *record = table->records[i];
    if (!record)
      continue;
    record->place = kept;
    table->records[kept++] = record;
  }
  table->count = kept;
  table->gaps = 0;
  indexes_clear(table->indexes);
}

void store_remove_record(struct table *table, const struct record *record) {
  store_remove(table, record->place);
}

void store_remove_all(struct table *table, const char *property, const char *text) {
  struct search search = {.table = table, .property = property, .text = text};
  for (size_t i; property && (i = search_next(&search)) != SIZE_MAX;)
    store_remove(table, i);
  for (size_t i = 0; table && !property && i < table->count; i++)
    if (table->records[i])
      store_remove(table, i);
}

void store_merge(const struct table *table, struct record *record, struct node *tree) {
  node_merge(record->tree, tree);
  index_update(table, record);
}

size_t store_find(const struct table *table, const char *property, const char *text, int account) {
  struct search search = {.table = table, .property = property, .text = text};
  size_t i;
  while ((i = search_next(&search)) != SIZE_MAX) {
    int of = table->records[i]->account;
    if (!account || !of || of == account)
      break;
  }
  return i;
}

/* --- what has become of the demo data ------------------------------------------------------- */

bool store_is_shadowed(const struct store *store, uint32_t subscriber) {
  return numbers_have(&store->shadowed, subscriber);
}

bool store_shadow(struct store *store, uint32_t subscriber) {
  return numbers_add(&store->shadowed, subscriber);
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
