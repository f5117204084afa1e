/* What a database has of the tables: which columns, and of which types. */
#ifndef ETTRACK_SINKS_PREPARED_H
#define ETTRACK_SINKS_PREPARED_H

#include "ettrack/sinks/sql.h"

struct prepared_table {
  char *name;
  uint64_t sum; /* of the contract's columns */
  bool there;   /* the table */
  unsigned own; /* account, window_from and unfit: a bit each */
  size_t column_count;
  bool *found;           /* the database has it */
  ets_value_kind *kinds; /* what it takes: an older contract may have said otherwise */
};

/* Tables by name. Begin with {0}. */
struct prepared {
  struct prepared_table *items;
  size_t count;
};

void prepared_free(struct prepared *prepared);

/* What is known of a table; NULL: not prepared with these columns. */
const struct prepared_table *prepared_find(const struct prepared *prepared,
                                           const ets_export_table *table);

/* Begins to look at a table. NULL: out of memory. */
struct prepared_table *prepared_begin(struct prepared *prepared, const ets_export_table *table);

/* The database has a column. */
void prepared_column(struct prepared_table *known, const ets_export_table *table, const char *name,
                     const char *type);

/* ETS_E_USAGE for a table that is a view. */
ets_status prepared_is_view(const ets_export_table *table, const char *place, ets_error *error);

/* Whether the database has all columns. */
bool prepared_complete(const struct prepared_table *known);

/* The statements that make it so: the table, or the columns that it lacks.
 * @return ETS_E_USAGE for a table of the name that is somebody else's */
ets_status prepared_changes(const struct prepared_table *known, const ets_export_table *table,
                            enum sql_dialect dialect, const char *place, struct buffer *sql,
                            ets_error *error);

#endif
