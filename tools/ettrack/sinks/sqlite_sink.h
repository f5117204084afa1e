/* An export in an SQLite file. The rows of an open window are in a temporary table, so the file is
 * locked only while a window is put in its place. */
#ifndef ETTRACK_SINKS_SQLITE_SINK_H
#define ETTRACK_SINKS_SQLITE_SINK_H

#include "ettrack/sinks/cell.h"
#include "ettrack/sinks/prepared.h"
#include "ettrack/sinks/sink.h"

#include <sqlite3.h>
#include <time.h>

struct sqlite_sink {
  char *file;
  sqlite3 *database;
  struct prepared prepared;
  const ets_export_span *span; /* of the open window; NULL: none is */
  struct ets_export_span open; /* what `span` points to */
  const struct prepared_table *table;
  sqlite3_stmt *insert; /* into the temporary table */
  struct cells cells;
  struct timespec locked; /* since when another program has the file locked */
  bool said;              /* and that this is so */
};

/* SQLite's busy handler: waits for who has the file locked, until a signal asks for an end. */
int sqlite_wait(void *sink, int times);

/* Opens the file, which is made when it is not there. */
ets_status sqlite_connect(struct sqlite_sink *sink, ets_error *error);

/* The same to look at one that is there, which it is enough to be allowed to read. */
ets_status sqlite_connect_old(struct sqlite_sink *sink, ets_error *error);

/* Says what failed, with SQLite's text.
 * @return ETS_E_IO, ETS_E_NOMEM; ETS_E_ABORTED: a signal ended the wait for others */
ets_status sqlite_failed(struct sqlite_sink *sink, const char *what, ets_error *error);

/* Runs statements that give no rows; a buffer that ran out of memory fails, too. */
ets_status sqlite_run(struct sqlite_sink *sink, const char *what, const char *sql,
                      ets_error *error);
ets_status sqlite_run_made(struct sqlite_sink *sink, const char *what, struct buffer *sql,
                           ets_error *error);

/* Takes back what is not committed. */
void sqlite_roll_back(struct sqlite_sink *sink);

/* See struct store. */
ets_status sqlite_audit(void *context, struct store_audit *audit, ets_error *error);
ets_status sqlite_forget(void *context, const struct store_flaw *flaw, ets_error *error);

/* The calls of the sink, see ets_sink_calls; the context is a struct sqlite_sink. */
ets_status sqlite_prepare(void *context, const ets_export_table *table, ets_error *error);
ets_status sqlite_begin(void *context, const ets_export_span *span, ets_error *error);
ets_status sqlite_row(void *context, const ets_value *values, ets_error *error);
ets_status sqlite_mark(void *context, ets_error *error);
ets_status sqlite_back(void *context, ets_error *error);
ets_status sqlite_commit(void *context, const ets_export_record *record, ets_error *error);
void sqlite_abandon(void *context);

#endif
