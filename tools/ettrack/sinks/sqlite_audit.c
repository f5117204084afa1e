/* Counts what is there. */
#include "ettrack/run/stop.h"
#include "ettrack/sinks/sql_audit.h"
#include "ettrack/sinks/sqlite_sink.h"

static const char what[] = "cannot be looked at";

static ets_status audit_table(struct sqlite_sink *sink, const char *table, bool there,
                              struct store_audit *audit, ets_error *error) {
  struct buffer sql = {0};
  sqlite3_stmt *select = NULL;
  ets_status status = ETS_OK;
  int step = SQLITE_ERROR;
  sql_audit_select(&sql, SQL_SQLITE, table, there, audit);
  if (!sql.failed &&
      sqlite3_prepare_v2(sink->database, buffer_text(&sql), -1, &select, NULL) == SQLITE_OK)
    while (status == ETS_OK && (step = sqlite3_step(select)) == SQLITE_ROW) {
      const char *columns[SQL_AUDIT_COLUMNS];
      for (int i = 0; i < SQL_AUDIT_COLUMNS; i++)
        columns[i] = (const char *)sqlite3_column_text(select, i);
      status = stop_asked() ? ets_error_set(error, ETS_E_ABORTED, "stopped by a signal")
                            : sql_audit_row(audit, table, columns);
    }
  if (status == ETS_OK && step != SQLITE_DONE)
    status = sqlite_failed(sink, what, error);
  (void)sqlite3_finalize(select);
  buffer_free(&sql);
  return status;
}

ets_status sqlite_audit(void *context, struct store_audit *audit, ets_error *error) {
  struct sqlite_sink *sink = context;
  sqlite3_stmt *tables = NULL;
  ets_status status = ETS_OK;
  int step = SQLITE_ERROR;
  if (sqlite3_prepare_v2(sink->database, sql_audit_tables_sqlite, -1, &tables, NULL) == SQLITE_OK)
    while (status == ETS_OK && (step = sqlite3_step(tables)) == SQLITE_ROW) {
      const char *name = (const char *)sqlite3_column_text(tables, 0);
      if (name && sql_audit_is_ours(name))
        status = audit_table(sink, name, sqlite3_column_int(tables, 1) != 0, audit, error);
    }
  if (status == ETS_OK && step != SQLITE_DONE)
    status = sqlite_failed(sink, what, error);
  (void)sqlite3_finalize(tables);
  return status;
}

ets_status sqlite_forget(void *context, const struct store_flaw *flaw, ets_error *error) {
  struct buffer sql = {0};
  sql_audit_forget(&sql, flaw);
  return sqlite_run_made(context, "a record cannot be dropped", &sql, error);
}
