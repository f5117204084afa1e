/* An export in an SQLite file: opening it, and its records. */
#include "ettrack/sinks/one_table.h"
#include "ettrack/sinks/sql_record.h"
#include "ettrack/sinks/sqlite_sink.h"

#include <stdlib.h>
#include <string.h>

/* EXTRA: what is committed stays when power is lost, be it with a journal instead of the log.
 * Readers see the file as it was while a window is written to the log. */
static const char settings[] = "PRAGMA temp_store = FILE; PRAGMA synchronous = EXTRA";
static const char log_settings[] =
    "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 67108864";

static void sqlite_close(void *context) {
  struct sqlite_sink *sink = context;
  if (sink->database)
    sqlite_abandon(sink);
  (void)sqlite3_close(sink->database);
  prepared_free(&sink->prepared);
  cells_free(&sink->cells);
  free(sink->file);
  free(sink);
}

/* --- records --------------------------------------------------------------------------------- */

static ets_status give_records(struct sqlite_sink *sink, sqlite3_stmt *select,
                               struct sql_record_reader *reader, ets_error *error) {
  ets_status status = ETS_OK;
  int step = SQLITE_DONE;
  while (status == ETS_OK && (step = sqlite3_step(select)) == SQLITE_ROW) {
    const char *columns[RECORD_COLUMNS];
    for (int i = 0; i < RECORD_COLUMNS; i++)
      columns[i] = (const char *)sqlite3_column_text(select, i);
    status = sql_record_read(reader, columns, sink->file, error);
  }
  if (status == ETS_OK && step != SQLITE_DONE)
    status = sqlite_failed(sink, "the records cannot be read", error);
  sql_record_reader_free(reader);
  return status;
}

static ets_status read_records(struct sqlite_sink *sink, const char *condition, const char *table,
                               int32_t account, struct sql_record_reader *reader,
                               ets_error *error) {
  struct buffer sql = {0};
  sqlite3_stmt *select = NULL;
  buffer_printf(&sql, "%s%s%s", sql_record_select, condition, sql_record_order);
  bool ready = !sql.failed && sqlite3_prepare_v2(sink->database, buffer_text(&sql), -1, &select,
                                                 NULL) == SQLITE_OK;
  if (ready && table)
    ready = sqlite3_bind_text(select, 1, table, -1, SQLITE_STATIC) == SQLITE_OK &&
            sqlite3_bind_int64(select, 2, account) == SQLITE_OK;
  ets_status status = ready ? give_records(sink, select, reader, error)
                            : sqlite_failed(sink, "the records cannot be read", error);
  (void)sqlite3_finalize(select);
  buffer_free(&sql);
  return status;
}

static ets_status sqlite_records(void *context, const ets_export_table *table, int32_t account,
                                 ets_export_visitor *visit, void *visit_context, ets_error *error) {
  struct one_table one = {visit, visit_context};
  struct sql_record_reader reader = {one_table_visit, &one, NULL, 0};
  return read_records(context, " WHERE table_name = ?1 AND account = ?2", table->name, account,
                      &reader, error);
}

static ets_status sqlite_survey(void *context, store_visitor *visit, void *visit_context,
                                ets_error *error) {
  struct sql_record_reader reader = {visit, visit_context, NULL, 0};
  return read_records(context, "", NULL, 0, &reader, error);
}

/* --- opening --------------------------------------------------------------------------------- */

/* The first column of the first row of a query; NULL: none. Free it. */
static ets_status ask(struct sqlite_sink *sink, const char *sql, char **text, ets_error *error) {
  sqlite3_stmt *select = NULL;
  ets_status status = ETS_OK;
  int step = SQLITE_ERROR;
  *text = NULL;
  if (sqlite3_prepare_v2(sink->database, sql, -1, &select, NULL) == SQLITE_OK)
    step = sqlite3_step(select);
  const char *found = step == SQLITE_ROW ? (const char *)sqlite3_column_text(select, 0) : NULL;
  if (step != SQLITE_ROW && step != SQLITE_DONE)
    status = sqlite_failed(sink, "cannot be opened", error);
  else if (found && !(*text = strdup(found)))
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  (void)sqlite3_finalize(select);
  return status;
}

static ets_status check_shape(struct sqlite_sink *sink, ets_error *error) {
  char *count;
  ets_status status = ask(sink, sql_record_shape_sqlite, &count, error);
  if (status == ETS_OK)
    status = sql_record_check_shape(count, sink->file, error);
  free(count);
  return status;
}

/* *there: it has tables of an export. */
static ets_status check_version(struct sqlite_sink *sink, bool *there, ets_error *error) {
  static const char find[] = "SELECT 1 FROM main.sqlite_master WHERE name = 'export_meta'";
  char *text;
  ets_status status = ask(sink, find, &text, error);
  *there = text != NULL;
  free(text);
  if (status != ETS_OK || !*there)
    return status;
  status = check_shape(sink, error);
  if (status == ETS_OK)
    status = ask(sink, sql_record_version, &text, error);
  else
    text = NULL;
  if (status == ETS_OK)
    status = sql_record_check_version(text, sink->file, error);
  free(text);
  return status;
}

static ets_status create_tables(struct sqlite_sink *sink, ets_error *error) {
  static const char what[] = "tables cannot be made";
  ets_status status = sqlite_run(sink, what, "BEGIN IMMEDIATE", error);
  if (status == ETS_OK)
    status = sqlite_run(sink, what, sql_record_create, error);
  if (status == ETS_OK)
    status = check_shape(sink, error);
  if (status == ETS_OK)
    status = sqlite_run(sink, what, "COMMIT", error);
  sqlite_roll_back(sink);
  return status;
}

static ets_status open_file(struct sqlite_sink *sink, bool create, ets_error *error) {
  bool there = false;
  ets_status status = create ? sqlite_connect(sink, error) : sqlite_connect_old(sink, error);
  if (status == ETS_OK)
    status = sqlite_run(sink, "cannot be opened", settings, error);
  if (status == ETS_OK)
    status = check_version(sink, &there, error);
  if (status == ETS_OK && !there && !create)
    return ets_error_set(error, ETS_E_USAGE, "%s holds no export", sink->file);
  /* Where this cannot be, the file has a journal, and all else is the same. */
  if (status == ETS_OK && create)
    (void)sqlite3_exec(sink->database, log_settings, NULL, NULL, NULL);
  return status == ETS_OK && !there ? create_tables(sink, error) : status;
}

/* A name is a file, be it ":memory:" or "file:...". */
static char *file_of(const char *where) {
  struct buffer file = {0};
  buffer_printf(&file, "%s%s", strchr(where, ':') && *where != '/' ? "./" : "", where);
  if (file.failed)
    buffer_free(&file);
  return file.data;
}

ets_status sqlite_open(struct store *store, const char *where, bool create, ets_error *error) {
  static const ets_sink_calls calls = {ETS_SINK_VERSION, sqlite_prepare, sqlite_records,
                                       sqlite_begin,     sqlite_row,     sqlite_mark,
                                       sqlite_back,      sqlite_commit,  sqlite_abandon};
  *store = (struct store){0};
  struct sqlite_sink *sink = calloc(1, sizeof *sink);
  if (sink)
    sink->file = file_of(where);
  ets_status status = sink && sink->file ? open_file(sink, create, error)
                                         : ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if (status == ETS_OK)
    *store =
        (struct store){{&calls, sink}, sqlite_survey, sqlite_audit, sqlite_forget, sqlite_close};
  else if (sink)
    sqlite_close(sink);
  return status;
}
