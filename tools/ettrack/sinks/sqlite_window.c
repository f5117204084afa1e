/* Replaces a window. */
#include "ettrack/sinks/sql_record.h"
#include "ettrack/sinks/sqlite_sink.h"

#include <inttypes.h>

static const char full_text[] = "rows cannot be kept";

/* A column for each of the table's, and `unfit`; without types, so that values stay as they are. */
static void stage_columns(struct buffer *sql, size_t count) {
  for (size_t i = 0; i <= count; i++)
    buffer_printf(sql, "%sc%zu", i > 0 ? ", " : "", i);
}

static ets_status make_stage(struct sqlite_sink *sink, ets_error *error) {
  size_t count = sink->open.table->column_count;
  struct buffer sql = {0};
  buffer_add_text(&sql, "BEGIN; DROP TABLE IF EXISTS temp.stage; CREATE TEMP TABLE stage (");
  stage_columns(&sql, count);
  buffer_add_text(&sql, "); SAVEPOINT part");
  ets_status status = sqlite_run_made(sink, full_text, &sql, error);
  if (status != ETS_OK)
    return status;
  sql = (struct buffer){0};
  buffer_add_text(&sql, "INSERT INTO temp.stage VALUES (?");
  for (size_t i = 0; i < count; i++)
    buffer_add_text(&sql, ",?");
  buffer_add_char(&sql, ')');
  int code = sql.failed
                 ? SQLITE_NOMEM
                 : sqlite3_prepare_v2(sink->database, buffer_text(&sql), -1, &sink->insert, NULL);
  buffer_free(&sql);
  return code == SQLITE_OK ? ETS_OK : sqlite_failed(sink, full_text, error);
}

ets_status sqlite_begin(void *context, const ets_export_span *span, ets_error *error) {
  struct sqlite_sink *sink = context;
  ets_status status = sqlite_prepare(sink, span->table, error);
  if (status != ETS_OK)
    return status;
  sink->open = *span;
  sink->span = &sink->open;
  sink->table = prepared_find(&sink->prepared, span->table);
  sink->cells.utc_offset = span->utc_offset;
  status = make_stage(sink, error);
  if (status != ETS_OK)
    sqlite_abandon(sink);
  return status;
}

static int bind(sqlite3_stmt *insert, int at, const struct cells *cells, const struct cell *cell) {
  switch (cell->kind) {
  case CELL_INTEGER:
  case CELL_BOOLEAN:
    return sqlite3_bind_int64(insert, at, cell->integer);
  case CELL_DOUBLE:
    return sqlite3_bind_double(insert, at, cell->real);
  case CELL_TEXT: /* the writer's own text goes with the next cell */
    return sqlite3_bind_text(insert, at, cell->text, -1,
                             cell->text == cells->text.data ? SQLITE_TRANSIENT : SQLITE_STATIC);
  case CELL_NULL:
    break;
  }
  return sqlite3_bind_null(insert, at);
}

ets_status sqlite_row(void *context, const ets_value *values, ets_error *error) {
  struct sqlite_sink *sink = context;
  const ets_export_table *table = sink->open.table;
  int at = 0, code = SQLITE_OK;
  cells_begin(&sink->cells);
  for (size_t i = 0; code == SQLITE_OK && i < table->column_count; i++) {
    struct cell cell =
        cell_of(&sink->cells, table->columns[i].name, sink->table->kinds[i], &values[i]);
    code = bind(sink->insert, ++at, &sink->cells, &cell);
  }
  struct cell unfit = cells_unfit(&sink->cells);
  if (code == SQLITE_OK)
    code = bind(sink->insert, ++at, &sink->cells, &unfit);
  if (!cells_whole(&sink->cells))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if (code == SQLITE_OK)
    code = sqlite3_step(sink->insert) == SQLITE_DONE ? SQLITE_OK : SQLITE_ERROR;
  ets_status status = code == SQLITE_OK ? ETS_OK : sqlite_failed(sink, full_text, error);
  (void)sqlite3_reset(sink->insert);
  return status;
}

ets_status sqlite_mark(void *context, ets_error *error) {
  return sqlite_run(context, full_text, "RELEASE part; SAVEPOINT part", error);
}

ets_status sqlite_back(void *context, ets_error *error) {
  return sqlite_run(context, "rows cannot be taken back", "ROLLBACK TO part", error);
}

/* --- into its place -------------------------------------------------------------------------- */

/* The file is locked: what is found stays so. */
static ets_status check_others(struct sqlite_sink *sink, ets_error *error) {
  struct buffer sql = {0};
  sqlite3_stmt *select = NULL;
  ets_status status = ETS_OK;
  sql_record_select_other(&sql, sink->span);
  int code = sql.failed ? SQLITE_NOMEM
                        : sqlite3_prepare_v2(sink->database, buffer_text(&sql), -1, &select, NULL);
  int step = code == SQLITE_OK ? sqlite3_step(select) : SQLITE_ERROR;
  if (step == SQLITE_ROW)
    status = sql_record_busy(sink->span, (const char *)sqlite3_column_text(select, 0),
                             (const char *)sqlite3_column_text(select, 1), sink->file, error);
  else if (sql.failed)
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  else if (step != SQLITE_DONE)
    status = sqlite_failed(sink, "the records cannot be read", error);
  (void)sqlite3_finalize(select);
  buffer_free(&sql);
  return status;
}

/* Rows that begin inside of the window are of no record: somebody deleted that. */
static ets_status move_rows(struct sqlite_sink *sink, ets_error *error) {
  const ets_export_span *span = sink->span;
  int64_t end = span->until > span->from ? span->until : span->from + 1;
  struct buffer sql = {0};
  sql_delete(&sql, SQL_SQLITE, span, span->from, end);
  sql_record_delete(&sql, span);
  buffer_add_text(&sql, "INSERT INTO ");
  sql_target(&sql, SQL_SQLITE, span->table);
  buffer_printf(&sql, " SELECT %" PRId32 ", %" PRId64 ", ", span->account, span->from);
  stage_columns(&sql, span->table->column_count);
  buffer_add_text(&sql, " FROM temp.stage ORDER BY rowid");
  return sqlite_run_made(sink, "a window cannot be written", &sql, error);
}

static ets_status add_record(struct sqlite_sink *sink, const ets_export_record *record,
                             ets_error *error) {
  struct sql_record_texts texts;
  sqlite3_stmt *insert = NULL;
  bool written =
      sql_record_write(&texts, sink->span, record) &&
      sqlite3_prepare_v2(sink->database, sql_record_insert, -1, &insert, NULL) == SQLITE_OK;
  for (int i = 0; written && i < RECORD_COLUMNS; i++)
    if (texts.columns[i])
      written = sqlite3_bind_text(insert, i + 1, texts.columns[i], -1, SQLITE_STATIC) == SQLITE_OK;
  written = written && sqlite3_step(insert) == SQLITE_DONE;
  ets_status status = written ? ETS_OK : sqlite_failed(sink, "a window cannot be written", error);
  (void)sqlite3_finalize(insert);
  sql_record_texts_free(&texts);
  return status;
}

static void end_insert(struct sqlite_sink *sink) {
  (void)sqlite3_finalize(sink->insert);
  sink->insert = NULL;
}

ets_status sqlite_commit(void *context, const ets_export_record *record, ets_error *error) {
  struct sqlite_sink *sink = context;
  end_insert(sink);
  ets_status status = sqlite_run(sink, full_text, "RELEASE part; COMMIT", error);
  if (status == ETS_OK)
    status = sqlite_run(sink, "cannot be written", "BEGIN IMMEDIATE", error);
  if (status == ETS_OK)
    status = check_others(sink, error);
  if (status == ETS_OK)
    status = move_rows(sink, error);
  if (status == ETS_OK)
    status = add_record(sink, record, error);
  if (status == ETS_OK)
    status = sqlite_run(sink, "a window cannot be committed", "COMMIT", error);
  sqlite_abandon(sink); /* the copy of the rows; of what failed, the lock */
  return status;
}

void sqlite_abandon(void *context) {
  struct sqlite_sink *sink = context;
  end_insert(sink);
  sqlite_roll_back(sink);
  if (sink->span)
    (void)sqlite3_exec(sink->database, "DROP TABLE IF EXISTS temp.stage", NULL, NULL, NULL);
  sink->span = NULL;
}
