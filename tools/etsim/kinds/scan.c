#include "kinds/scan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/date.h"

bool scan_sees(const struct scan *scan, int account) {
  if (!scan->accounts || !account)
    return true;
  for (size_t i = 0; i < scan->account_count; i++)
    if (scan->accounts[i] == account)
      return true;
  return false;
}

bool scan_take_late(const struct scan *scan, struct row *row, const struct record *record) {
  if (record->number <= scan->to)
    return false;
  row->record = record;
  return true;
}

/* Positions of records begin where no computed send can be. */
static const uint64_t stored = UINT64_C(1) << 62;

bool scan_next(struct scan *scan, struct row *row) {
  row->key_size = 0;
  row->record = NULL;
  names_clear(&row->leaves);
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

void row_spread(struct row *row) {
  if (!row->record || !row->kind->rows)
    return;
  for (struct node *leaf = row->record->tree->first; leaf; leaf = leaf->next)
    if (!names_put(&row->leaves, leaf->name, leaf)) {
      row_end(row); /* it takes longer */
      return;
    }
}

void row_end(struct row *row) {
  names_free(&row->leaves);
}

/* NULL: it is not there. */
static const struct node *find_recorded(const struct row *row, const struct property *property) {
  if (row->leaves.used)
    return names_get(&row->leaves, property->path);
  return node_property(row->record->tree, property->source ? property->source : property->path);
}

static void get_recorded(const struct row *row, const struct property *property,
                         struct value *value) {
  const struct record *record = row->record;
  const struct node *node = find_recorded(row, property);
  if (node && node->nil)
    value->kind = VALUE_NIL;
  else if (node && !node->first)
    get_text(node, property->kind, value);
  else if (!node && strcmp(property->path, "Client.ID") == 0 && !record->loaded)
    value_set_integer(value, record->account);
}

void row_get(struct world *world, struct row *row, const struct property *property,
             struct value *value) {
  *value = (struct value){VALUE_ABSENT, 0, NULL, 0};
  if (row->record)
    get_recorded(row, property, value);
  else if (property->get)
    property->get(world, row, value);
}
