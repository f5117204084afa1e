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

struct store {
  ets_sink sink;
  /* Gives all records that the sink holds, by table, account and time. */
  ets_status (*survey)(void *sink, store_visitor *visit, void *context, ets_error *error);
  void (*close)(void *sink);
};

/* The three of them; `where` is without the `sqlite:`. One that a newer version made is refused.
 * `create`: it is made when it is not there. */
ets_status folder_open(struct store *store, const char *where, const struct store_options *options,
                       bool create, ets_error *error);
ets_status sqlite_open(struct store *store, const char *where, bool create, ets_error *error);
ets_status postgres_open(struct store *store, const char *where, bool create, ets_error *error);

#endif
