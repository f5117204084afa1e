/* The sinks that ettrack has: a folder, SQLite, PostgreSQL. */
#ifndef ETTRACK_SINKS_SINK_H
#define ETTRACK_SINKS_SINK_H

#include <etsoap/export.h>

/* How a folder has to be written; a database has no use for it. Without a wish a folder goes on as
 * it is, and a new one gets CSV with gzip. */
struct store_options {
  bool ndjson; /* instead of CSV */
  bool plain;  /* instead of gzip */
};

/* Takes a record of a table and account; return ETS_OK to go on. */
typedef ets_status store_visitor(void *context, const char *table, int32_t account,
                                 const ets_export_record *record);

/* A window whose contents and record do not go together. */
struct store_flaw {
  const char *place;   /* where it is in the sink */
  const char *table;   /* NULL: it has no record to forget */
  int32_t account;     /* of the record */
  int64_t from, until; /* of the record */
  const char *text;    /* what is wrong with it */
};

/* Takes one; everything is borrowed. Return ETS_OK to go on. */
typedef ets_status store_auditor(void *context, const struct store_flaw *flaw);

/* Which windows to look at: those that begin in [since, until), and tables without windows. */
struct store_audit {
  int64_t since, until; /* seconds since 1970 */
  int utc_offset;       /* minutes east of UTC: of dates in what is said */
  store_auditor *visit;
  void *context;
  uint64_t windows; /* how many were looked at */
};

struct store {
  ets_sink sink;
  /* Gives all records that the sink holds, by table, account and time. */
  ets_status (*survey)(void *sink, store_visitor *visit, void *context, ets_error *error);
  /* Looks at what is there, row by row or byte by byte, and gives what its records do not say. */
  ets_status (*audit)(void *sink, struct store_audit *audit, ets_error *error);
  /* Drops the record of a flaw, so that its window is read again. */
  ets_status (*forget)(void *sink, const struct store_flaw *flaw, ets_error *error);
  void (*close)(void *sink);
};

/* The three of them; `where` is without the `sqlite:`. One that a newer version made is refused.
 * `create`: it is made when it is not there. */
ets_status folder_open(struct store *store, const char *where, const struct store_options *options,
                       bool create, ets_error *error);
ets_status sqlite_open(struct store *store, const char *where, bool create, ets_error *error);
ets_status postgres_open(struct store *store, const char *where, bool create, ets_error *error);

#endif
