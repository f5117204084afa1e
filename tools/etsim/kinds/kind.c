#include "kinds/kind.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/date.h"
#include "kinds/build.h"
#include "contract/retrievable.h"
#include "store/world.h"

static const struct kind *computed_kind(const char *name) {
  static const struct kind *const others[] = {&send_kind, &link_send_kind, &list_send_kind,
                                              &subscriber_kind};
  for (size_t i = 0; i < EVENT_TYPES; i++)
    if (strcmp(event_kinds[i].name, name) == 0)
      return &event_kinds[i];
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (strcmp(others[i]->name, name) == 0)
      return others[i];
  return NULL;
}

/* What needs no more than a look: most requests, so that they do not wait for each other. */
static bool find_ready(struct store *store, const char *name, const struct kind *computed,
                       const struct kind **kind) {
  store_read(store);
  const struct table *table = store_table(store, name);
  bool plain = computed && (!table || !table->loaded);
  *kind = plain ? computed : table ? table->kind : NULL;
  store_release(store);
  return *kind != NULL;
}

const struct kind *kind_find(struct world *world, const char *name) {
  if (strncmp(name, "DataExtensionObject[", 20) == 0)
    return kind_of_rows(world, name);
  const struct kind *computed = computed_kind(name);
  struct store *store = &world->store;
  const struct kind *kind;
  if (find_ready(store, name, computed, &kind))
    return kind;
  store_write(store);
  struct table *table = store_table(store, name);
  if (!table && ets_retrievable_knows(name))
    table = store_make_table(store, name);
  if (table && !table->kind)
    table->kind = kind_build(table, computed);
  kind = table ? table->kind : NULL;
  store_release(store);
  return kind;
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
  if (!scan->accounts || !account)
    return true;
  for (size_t i = 0; i < scan->account_count; i++)
    if (scan->accounts[i] == account)
      return true;
  return false;
}

/* Positions of records begin where no computed send can be. */
static const uint64_t stored = UINT64_C(1) << 62;

bool scan_next(struct scan *scan, struct row *row) {
  row->key_size = 0;
  row->record = NULL;
  if (scan->position.outer < stored) {
    if (!scan->from && scan->kind->next && scan->kind->next(scan, row))
      return true;
    scan->position = (struct position){stored, 0};
  }
  const struct table *table = store_table(&scan->world->store, scan->kind->table);
  while (table && scan->position.inner < table->count) {
    const struct record *record = table->records[scan->position.inner++];
    if (record && scan_sees(scan, record->account) && record->number > scan->from &&
        record->number <= scan->to) {
      row->record = record;
      return true;
    }
  }
  return false;
}

static void get_text(const struct node *node, enum value_kind kind, struct value *value) {
  value_set_text(value, node->text ? node->text : "");
  char *end;
  switch (kind) {
  case VALUE_INTEGER:
    value->number = strtoll(value->text, &end, 10);
    if (*value->text && !*end)
      value->kind = VALUE_INTEGER;
    break;
  case VALUE_BOOLEAN:
    value->number = strcasecmp(value->text, "true") == 0 || strcmp(value->text, "1") == 0;
    value->kind = VALUE_BOOLEAN;
    break;
  case VALUE_DATE:
    if (date_read(&value->number, value->text))
      value->kind = VALUE_DATE;
    break;
  default:
    break;
  }
}

void row_get(struct world *world, struct row *row, size_t property, struct value *value) {
  const struct kind *kind = row->kind;
  *value = (struct value){VALUE_ABSENT, 0, NULL, 0};
  if (row->record) {
    const struct property *wanted = &kind->properties[property];
    const struct node *node = node_property(row->record->tree, wanted->path);
    if (node && node->nil)
      value->kind = VALUE_NIL;
    else if (node && !node->first)
      get_text(node, wanted->kind, value);
    else if (!node && strcmp(wanted->path, "Client.ID") == 0 && !row->record->loaded)
      value_set_integer(value, row->record->account);
    return;
  }
  int computed = kind->map ? kind->map[property] : (int)property;
  if (computed >= 0)
    kind->get(world, row, (size_t)computed, value);
}
