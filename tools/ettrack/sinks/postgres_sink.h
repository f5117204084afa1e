/* An export in a PostgreSQL database. A window is a transaction: rows go right to their place, by
 * COPY, and are seen when it is committed, with the record. */
#ifndef ETTRACK_SINKS_POSTGRES_SINK_H
#define ETTRACK_SINKS_POSTGRES_SINK_H

#include "ettrack/sinks/cell.h"
#include "ettrack/sinks/libpq.h"
#include "ettrack/sinks/prepared.h"
#include "ettrack/sinks/sink.h"

struct postgres_sink {
  char *where; /* the URI, without a password */
  bool create;
  bool lasting; /* was connected once: a server that is away now is waited for */
  PGconn *connection;
  uint64_t schema; /* a sum of its name, for locks */
  struct prepared prepared;
  bool open; /* a window is; what follows is of it */
  ets_export_span span;
  const struct prepared_table *table;
  struct buffer copy; /* COPY ... FROM STDIN */
  bool copying;
  char prefix[48];   /* account and window_from of each row */
  struct buffer out; /* rows that were not sent yet */
  struct cells cells;
};

/* What errors call it: a URI may be long. */
extern const char postgres_name[];

/* Connects when it is not connected, and sees to what the connection needs. */
ets_status postgres_connect(struct postgres_sink *sink, ets_error *error);

/* Says what failed, with PostgreSQL's text, and frees the result, which may be NULL.
 * @return ETS_E_IO */
ets_status postgres_failed(struct postgres_sink *sink, PGresult *result, const char *what,
                           ets_error *error);

/* Runs statements. @param[out] result  of the last, to be cleared; NULL on failure
 * @return ETS_E_IO; ETS_E_ABORTED: a signal ended the wait for the server */
ets_status postgres_ask(struct postgres_sink *sink, const char *what, const char *sql,
                        PGresult **result, ets_error *error);
/* The same with $1, $2, ... */
ets_status postgres_ask_with(struct postgres_sink *sink, const char *what, const char *sql,
                             int count, const char *const *values, PGresult **result,
                             ets_error *error);
ets_status postgres_run(struct postgres_sink *sink, const char *what, const char *sql,
                        ets_error *error);

/* Takes a row of a query, its columns as text, NULL: none. */
typedef ets_status postgres_visitor(void *context, const char *const *columns, ets_error *error);
enum { POSTGRES_COLUMNS_MOST = 16 };

/* Runs a query and gives row by row, since there may be many; all of them are taken from the
 * server, whatever the visitor says. */
ets_status postgres_each(struct postgres_sink *sink, const char *what, const char *sql, int count,
                         const char *const *values, postgres_visitor *visit, void *context,
                         ets_error *error);

/* Puts bytes into a COPY. */
ets_status postgres_put(struct postgres_sink *sink, const char *what, const char *bytes, int size,
                        ets_error *error);
/* Ends it, for good or with its rows taken back. */
ets_status postgres_end(struct postgres_sink *sink, const char *what, bool take_back,
                        ets_error *error);

/* Whether the connection is of use; one that is not is made again by postgres_connect(). */
bool postgres_is_up(const struct postgres_sink *sink);

/* Ends a transaction that is open, and a COPY. */
void postgres_roll_back(struct postgres_sink *sink);

/* See struct store. */
ets_status postgres_audit(void *context, struct store_audit *audit, ets_error *error);
ets_status postgres_forget(void *context, const struct store_flaw *flaw, ets_error *error);

/* The calls of the sink, see ets_sink_calls; the context is a struct postgres_sink. */
ets_status postgres_prepare(void *context, const ets_export_table *table, ets_error *error);
ets_status postgres_begin(void *context, const ets_export_span *span, ets_error *error);
ets_status postgres_row(void *context, const ets_value *values, ets_error *error);
ets_status postgres_mark(void *context, ets_error *error);
ets_status postgres_back(void *context, ets_error *error);
ets_status postgres_commit(void *context, const ets_export_record *record, ets_error *error);
void postgres_abandon(void *context);

/* Rows, see postgres_copy.c. Ends what was begun with them: all that came is in the table. */
ets_status postgres_end_copy(struct postgres_sink *sink, ets_error *error);

#endif
