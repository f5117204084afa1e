/* Replaces a window. */
#include "ettrack/sinks/postgres_sink.h"
#include "ettrack/sinks/sql_record.h"

#include "common/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char begin_text[] = "a window cannot be begun";
static const char commit_text[] = "a window cannot be committed";

/* A number for the schema, the table, the account and the time: who replaces a window holds that of
 * the second `of` which it begins, and while it is committed that `of` its days. */
static int64_t lock_of(const struct postgres_sink *sink, const ets_export_span *span,
                       const char *of, int64_t time) {
  char text[64];
  uint64_t sum = sink->schema;
  snprintf(text, sizeof text, " %" PRId32 " %" PRId64, span->account, time);
  const char *const parts[] = {of, span->table->name, text};
  for (size_t i = 0; i < 3; i++)
    sum = hash_bytes(sum, parts[i], strlen(parts[i]));
  return (int64_t)sum;
}

static ets_status lock(struct postgres_sink *sink, const ets_export_span *span, ets_error *error) {
  PGresult *result;
  char sql[128];
  snprintf(sql, sizeof sql,
           "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_try_advisory_xact_lock(%" PRId64 ")",
           lock_of(sink, span, " etsoap ", span->from));
  ets_status status = postgres_ask(sink, begin_text, sql, &result, error);
  if (status != ETS_OK)
    return status;
  bool locked = *PQgetvalue(result, 0, 0) == 't';
  PQclear(result);
  return locked ? ETS_OK
                : ets_error_set(error, ETS_E_BUSY,
                                "%s: another export is replacing this window of table %s, account "
                                "%" PRId32,
                                postgres_name, span->table->name, span->account);
}

/* What says how rows go to their place. */
static bool make_copy(struct postgres_sink *sink, const ets_export_span *span) {
  snprintf(sink->prefix, sizeof sink->prefix, "%" PRId32 "\t%" PRId64, span->account, span->from);
  buffer_reset(&sink->copy);
  buffer_add_text(&sink->copy, "COPY ");
  sql_target(&sink->copy, SQL_POSTGRES, span->table);
  buffer_add_text(&sink->copy, " FROM STDIN");
  return !sink->copy.failed;
}

static ets_status clear(struct postgres_sink *sink, const ets_export_span *span, ets_error *error) {
  struct buffer sql = {0};
  sql_delete(&sql, SQL_POSTGRES, span, span->from, span->from + 1);
  buffer_add_text(&sql, "SAVEPOINT part");
  ets_status status = sql.failed || !make_copy(sink, span)
                          ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                          : postgres_run(sink, begin_text, buffer_text(&sql), error);
  buffer_free(&sql);
  return status;
}

/* A server that was restarted shows with the first thing that it is asked: then once more. */
static ets_status begin(struct postgres_sink *sink, const ets_export_span *span, ets_error *error) {
  ets_status status = ETS_OK;
  for (int i = 0; i < 2; i++) {
    status = postgres_connect(sink, error);
    if (status == ETS_OK)
      status = postgres_prepare(sink, span->table, error);
    if (status == ETS_OK)
      status = lock(sink, span, error);
    if (status == ETS_OK || postgres_is_up(sink))
      break;
  }
  return status == ETS_OK ? clear(sink, span, error) : status;
}

ets_status postgres_begin(void *context, const ets_export_span *span, ets_error *error) {
  struct postgres_sink *sink = context;
  ets_status status = begin(sink, span, error);
  sink->open = true;
  sink->span = *span;
  sink->table = prepared_find(&sink->prepared, span->table);
  sink->cells.utc_offset = span->utc_offset;
  if (status != ETS_OK)
    postgres_abandon(sink);
  return status;
}

ets_status postgres_mark(void *context, ets_error *error) {
  struct postgres_sink *sink = context;
  ets_status status = postgres_end_copy(sink, error);
  if (status != ETS_OK)
    return status;
  return postgres_run(sink, "rows cannot be kept", "RELEASE part; SAVEPOINT part", error);
}

ets_status postgres_back(void *context, ets_error *error) {
  struct postgres_sink *sink = context;
  static const char what[] = "rows cannot be taken back";
  buffer_reset(&sink->out);
  if (sink->copying) {
    sink->copying = false;
    ets_status status = postgres_end(sink, what, true, error);
    if (status != ETS_OK)
      return status;
  }
  return postgres_run(sink, what, "ROLLBACK TO part", error);
}

/* --- for good -------------------------------------------------------------------------------- */

enum { DAY = 24 * 60 * 60 };

/* Windows that overlap have a day in common, one of UTC as well as any other. */
static ets_status lock_days(struct postgres_sink *sink, ets_error *error) {
  const ets_export_span *span = &sink->span;
  ets_status status = ETS_OK;
  int64_t day = span->from / DAY;
  do {
    char sql[80];
    snprintf(sql, sizeof sql, "SELECT pg_advisory_xact_lock(%" PRId64 ")",
             lock_of(sink, span, " etsoap day ", day));
    status = postgres_run(sink, commit_text, sql, error);
  } while (status == ETS_OK && ++day * DAY < span->until);
  return status;
}

static ets_status check_others(struct postgres_sink *sink, ets_error *error) {
  struct buffer sql = {0};
  PGresult *result = NULL;
  sql_record_select_other(&sql, &sink->span);
  ets_status status = sql.failed
                          ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                          : postgres_ask(sink, commit_text, buffer_text(&sql), &result, error);
  buffer_free(&sql);
  if (status == ETS_OK && PQntuples(result) > 0)
    status = sql_record_busy(&sink->span, PQgetvalue(result, 0, 0), PQgetvalue(result, 0, 1),
                             postgres_name, error);
  PQclear(result);
  return status;
}

/* The old record, and rows that begin inside of the window and are of none: somebody deleted it. */
static ets_status clear_records(struct postgres_sink *sink, ets_error *error) {
  const ets_export_span *span = &sink->span;
  struct buffer sql = {0};
  sql_record_delete(&sql, span);
  if (span->until > span->from)
    sql_delete(&sql, SQL_POSTGRES, span, span->from + 1, span->until);
  ets_status status = sql.failed ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                                 : postgres_run(sink, commit_text, buffer_text(&sql), error);
  buffer_free(&sql);
  return status;
}

static ets_status add_record(struct postgres_sink *sink, const ets_export_record *record,
                             ets_error *error) {
  struct sql_record_texts texts;
  ets_status status = ETS_OK;
  if (sql_record_write(&texts, &sink->span, record)) {
    PGresult *result;
    status = postgres_ask_with(sink, "a record cannot be written", sql_record_insert,
                               RECORD_COLUMNS, texts.columns, &result, error);
    PQclear(result);
  } else {
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  sql_record_texts_free(&texts);
  return status;
}

enum { NUMBER_SIZE = 24, LOOKS = 40 };

static ets_status ask_number(struct postgres_sink *sink, char number[NUMBER_SIZE],
                             ets_error *error) {
  PGresult *result;
  ets_status status = postgres_ask(sink, commit_text, "SELECT txid_current()", &result, error);
  if (status == ETS_OK)
    snprintf(number, NUMBER_SIZE, "%s", PQgetvalue(result, 0, 0));
  PQclear(result);
  return status;
}

/* Whether a transaction was committed when the connection went before the server could say so. It
 * may be at it still. */
static bool was_committed(struct postgres_sink *sink, const char *number) {
  const struct timespec pause = {0, 250 * 1000 * 1000};
  char sql[64], said[16] = "in progress";
  snprintf(sql, sizeof sql, "SELECT txid_status(%s)", number);
  for (int i = 0; i < LOOKS && strcmp(said, "in progress") == 0; i++) {
    PGresult *result;
    if (i > 0)
      nanosleep(&pause, NULL);
    if (postgres_connect(sink, NULL) != ETS_OK ||
        postgres_ask(sink, commit_text, sql, &result, NULL) != ETS_OK)
      return false;
    snprintf(said, sizeof said, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
  }
  return strcmp(said, "committed") == 0;
}

/* COMMIT of what failed says that it rolled back, and that is no error to the server. */
static ets_status commit(struct postgres_sink *sink, ets_error *error) {
  char number[NUMBER_SIZE];
  PGresult *result = NULL;
  ets_status status = ask_number(sink, number, error);
  if (status != ETS_OK)
    return status;
  status = postgres_ask(sink, commit_text, "COMMIT", &result, error);
  if (status == ETS_OK && strcmp(PQcmdStatus(result), "COMMIT") != 0)
    status = ets_error_set(error, ETS_E_IO, "%s: %s: the server rolled it back", postgres_name,
                           commit_text);
  PQclear(result);
  return status != ETS_OK && !postgres_is_up(sink) && was_committed(sink, number) ? ETS_OK : status;
}

ets_status postgres_commit(void *context, const ets_export_record *record, ets_error *error) {
  struct postgres_sink *sink = context;
  ets_status status = postgres_end_copy(sink, error);
  if (status == ETS_OK)
    status = lock_days(sink, error);
  if (status == ETS_OK)
    status = check_others(sink, error);
  if (status == ETS_OK)
    status = clear_records(sink, error);
  if (status == ETS_OK)
    status = add_record(sink, record, error);
  if (status == ETS_OK)
    status = commit(sink, error);
  postgres_abandon(sink); /* of what failed, the locks */
  return status;
}

void postgres_abandon(void *context) {
  struct postgres_sink *sink = context;
  buffer_reset(&sink->out);
  sink->copying = false;
  sink->open = false;
  postgres_roll_back(sink);
}
