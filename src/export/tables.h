/* The tables of an export: what the contract in use has of them. */
#ifndef ETS_EXPORT_TABLES_H
#define ETS_EXPORT_TABLES_H

#include <etsoap/export.h>

enum { ETS_TABLES_MOST = ETS_EVENT_TYPE_COUNT + 4 };

/* How the rows of a table are asked for. */
enum ets_table_source {
  ETS_SOURCE_EVENTS,
  ETS_SOURCE_SENDS,
  ETS_SOURCE_LINKS,
  ETS_SOURCE_LISTS,
  ETS_SOURCE_SUBSCRIBERS
};

struct ets_tables {
  ets_export_table items[ETS_TABLES_MOST];
  const char *const *properties[ETS_TABLES_MOST]; /* for a scope, in the order of the columns */
  enum ets_table_source sources[ETS_TABLES_MOST];
  ets_event_type types[ETS_TABLES_MOST]; /* ETS_SOURCE_EVENTS */
  size_t sends[ETS_TABLES_MOST];         /* the column of the JobID; ETS_EXPORT_NO_DATE: none */
  size_t accounts[ETS_TABLES_MOST];      /* that of Client.ID; the same */
  size_t count;
};

/* Fills them in the order of the names; none: all but subscribers.
 * @return ETS_OK, ETS_E_USAGE for a name that is none, or a table that the contract lacks;
 *         ETS_E_NOMEM. Free them in any case. */
ets_status ets_tables_make(struct ets_tables *tables, const char *const *names, size_t count,
                           ets_error *error);
void ets_tables_free(struct ets_tables *tables);

#endif
