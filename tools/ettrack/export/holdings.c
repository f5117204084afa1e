#include "ettrack/export/holdings.h"

#include <stdlib.h>
#include <string.h>

static bool grow(struct holdings *holdings) {
  size_t capacity = holdings->capacity ? holdings->capacity * 2 : 256;
  struct holding *items = realloc(holdings->items, capacity * sizeof *items);
  if (!items)
    return false;
  holdings->items = items;
  holdings->capacity = capacity;
  return true;
}

static ets_status keep(void *context, const char *table, int32_t account,
                       const ets_export_record *record) {
  struct holdings *holdings = context;
  const char *name = table;
  size_t size = record->share_count * sizeof *record->shares;
  if (!ets_export_sound(record))
    return ETS_OK;
  if (holdings->count == holdings->capacity && !grow(holdings))
    return ETS_E_NOMEM;
  ets_export_share *shares = size ? malloc(size) : NULL;
  if (size && !shares)
    return ETS_E_NOMEM;
  if (size)
    memcpy(shares, record->shares, size);
  if (!ets_export_table_find(&name, table)) { /* of a newer version's making */
    free(shares);
    return ETS_OK;
  }
  struct holding *holding = &holdings->items[holdings->count++];
  *holding = (struct holding){name, account, *record};
  holding->record.shares = shares;
  return ETS_OK;
}

static int by_place(const void *left, const void *right) {
  const struct holding *a = left, *b = right;
  int tables = strcmp(a->table, b->table);
  if (tables != 0)
    return tables;
  if (a->account != b->account)
    return a->account < b->account ? -1 : 1;
  return a->record.from < b->record.from ? -1 : a->record.from > b->record.from;
}

ets_status holdings_read(struct holdings *holdings, const struct store *store, ets_error *error) {
  *holdings = (struct holdings){0};
  ets_status status = store->survey(store->sink.context, keep, holdings, error);
  if (status == ETS_E_NOMEM)
    return ets_error_set(error, status, "out of memory");
  if (holdings->count > 0)
    qsort(holdings->items, holdings->count, sizeof *holdings->items, by_place);
  return status;
}

void holdings_free(struct holdings *holdings) {
  for (size_t i = 0; i < holdings->count; i++)
    free((void *)holdings->items[i].record.shares);
  free(holdings->items);
  *holdings = (struct holdings){0};
}
