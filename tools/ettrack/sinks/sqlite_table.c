/* Makes a table ready. */
#include "ettrack/sinks/sqlite_sink.h"

static const char columns_of[] = "SELECT name, type, (SELECT type = 'view' FROM main.sqlite_master"
                                 "  WHERE name = ?1 COLLATE NOCASE AND type IN ('table', 'view'))"
                                 " FROM main.pragma_table_info(?1)";

static ets_status look(struct sqlite_sink *sink, const ets_export_table *table,
                       const struct prepared_table **found, ets_error *error) {
  struct prepared_table *known = prepared_begin(&sink->prepared, table);
  sqlite3_stmt *columns = NULL;
  int step = SQLITE_ERROR;
  bool view = false;
  *found = known;
  if (!known)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if (sqlite3_prepare_v2(sink->database, columns_of, -1, &columns, NULL) == SQLITE_OK &&
      sqlite3_bind_text(columns, 1, table->name, -1, SQLITE_STATIC) == SQLITE_OK)
    while ((step = sqlite3_step(columns)) == SQLITE_ROW) {
      view = sqlite3_column_int(columns, 2) != 0;
      if (view)
        break;
      prepared_column(known, table, (const char *)sqlite3_column_text(columns, 0),
                      (const char *)sqlite3_column_text(columns, 1));
    }
  ets_status status = ETS_OK;
  if (view)
    status = prepared_is_view(table, sink->file, error);
  else if (step != SQLITE_DONE)
    status = sqlite_failed(sink, "cannot be looked at", error);
  (void)sqlite3_finalize(columns);
  return status;
}

/* Others may be at the same: what there is to do is known when they are kept out. */
static ets_status change(struct sqlite_sink *sink, const ets_export_table *table,
                         ets_error *error) {
  static const char what[] = "a table cannot be made";
  const struct prepared_table *known;
  struct buffer sql = {0};
  ets_status status = sqlite_run(sink, what, "BEGIN IMMEDIATE", error);
  if (status == ETS_OK)
    status = look(sink, table, &known, error);
  if (status == ETS_OK)
    status = prepared_changes(known, table, SQL_SQLITE, sink->file, &sql, error);
  if (status == ETS_OK)
    status = sqlite_run(sink, what, buffer_text(&sql), error);
  if (status == ETS_OK)
    status = sqlite_run(sink, what, "COMMIT", error);
  if (status != ETS_OK)
    sqlite_roll_back(sink);
  buffer_free(&sql);
  return status;
}

ets_status sqlite_prepare(void *context, const ets_export_table *table, ets_error *error) {
  struct sqlite_sink *sink = context;
  const struct prepared_table *known;
  if (prepared_find(&sink->prepared, table))
    return ETS_OK;
  ets_status status = look(sink, table, &known, error);
  if (status != ETS_OK || prepared_complete(known))
    return status;
  status = change(sink, table, error);
  return status == ETS_OK ? look(sink, table, &known, error) : status;
}
