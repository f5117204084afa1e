#include "ettrack/sinks/prepared.h"

#include "common/hash.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { OWN_ACCOUNT = 1, OWN_WINDOW = 2, OWN_UNFIT = 4, OWN_ALL = 7 };

static void forget(struct prepared_table *known) {
  free(known->name);
  free(known->found);
  free(known->kinds);
  *known = (struct prepared_table){0};
}

void prepared_free(struct prepared *prepared) {
  for (size_t i = 0; i < prepared->count; i++)
    forget(&prepared->items[i]);
  free(prepared->items);
  *prepared = (struct prepared){0};
}

static uint64_t sum_of(const ets_export_table *table) {
  uint64_t sum = HASH_BEGIN;
  for (size_t i = 0; i < table->column_count; i++) {
    const char *name = table->columns[i].name;
    const char kind = (char)('0' + table->columns[i].kind);
    sum = hash_bytes(hash_bytes(sum, name, strlen(name) + 1), &kind, 1);
  }
  return sum;
}

static struct prepared_table *find(const struct prepared *prepared, const char *name) {
  for (size_t i = 0; i < prepared->count; i++)
    if (strcmp(prepared->items[i].name, name) == 0)
      return &prepared->items[i];
  return NULL;
}

const struct prepared_table *prepared_find(const struct prepared *prepared,
                                           const ets_export_table *table) {
  const struct prepared_table *known = find(prepared, table->name);
  return known && known->column_count == table->column_count && known->sum == sum_of(table) &&
                 prepared_complete(known)
             ? known
             : NULL;
}

struct prepared_table *prepared_begin(struct prepared *prepared, const ets_export_table *table) {
  struct prepared_table *known = find(prepared, table->name);
  if (!known) {
    struct prepared_table *items =
        realloc(prepared->items, (prepared->count + 1) * sizeof *prepared->items);
    char *name = strdup(table->name);
    if (items)
      prepared->items = items;
    if (!items || !name) {
      free(name);
      return NULL;
    }
    known = &items[prepared->count++];
    *known = (struct prepared_table){.name = name};
  }
  free(known->found);
  free(known->kinds);
  *known = (struct prepared_table){.name = known->name,
                                   .sum = sum_of(table),
                                   .column_count = table->column_count,
                                   .found = calloc(table->column_count, sizeof *known->found),
                                   .kinds = calloc(table->column_count, sizeof *known->kinds)};
  if (known->found && known->kinds)
    return known;
  known->column_count = 0;
  return NULL;
}

void prepared_column(struct prepared_table *known, const ets_export_table *table, const char *name,
                     const char *type) {
  known->there = true;
  if (strcasecmp(name, "account") == 0)
    known->own |= OWN_ACCOUNT;
  else if (strcasecmp(name, "window_from") == 0)
    known->own |= OWN_WINDOW;
  else if (strcasecmp(name, "unfit") == 0)
    known->own |= OWN_UNFIT;
  for (size_t i = 0; i < table->column_count; i++) {
    char ours[SQL_NAME_SIZE];
    sql_column_name(ours, &table->columns[i]);
    if (strcasecmp(name, ours) != 0)
      continue;
    known->found[i] = true;
    known->kinds[i] = sql_kind(type, table->columns[i].kind);
  }
}

bool prepared_complete(const struct prepared_table *known) {
  for (size_t i = 0; i < known->column_count; i++)
    if (!known->found[i])
      return false;
  return known->own == OWN_ALL;
}

ets_status prepared_is_view(const ets_export_table *table, const char *place, ets_error *error) {
  return ets_error_set(error, ETS_E_USAGE,
                       "%s: %s is a view, and no table that an export goes into: rename it, or "
                       "name another place",
                       place, table->name);
}

ets_status prepared_changes(const struct prepared_table *known, const ets_export_table *table,
                            enum sql_dialect dialect, const char *place, struct buffer *sql,
                            ets_error *error) {
  if (known->there && known->own != OWN_ALL)
    return ets_error_set(error, ETS_E_USAGE,
                         "%s has a table %s that ettrack did not make (account, window_from and "
                         "unfit are not all there): rename it, or name another place",
                         place, table->name);
  if (!known->there)
    sql_create(sql, dialect, table);
  for (size_t i = 0; known->there && i < table->column_count; i++) {
    if (known->found[i])
      continue;
    if (sql->size)
      buffer_add_text(sql, "; ");
    sql_add_column(sql, dialect, table, &table->columns[i]);
  }
  return sql->failed ? ets_error_set(error, ETS_E_NOMEM, "out of memory") : ETS_OK;
}
