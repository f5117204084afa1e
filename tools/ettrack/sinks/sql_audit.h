/* What a database has of each window, against its records: a grouped query a table. */
#ifndef ETTRACK_SINKS_SQL_AUDIT_H
#define ETTRACK_SINKS_SQL_AUDIT_H

#include "ettrack/sinks/sink.h"
#include "ettrack/sinks/sql.h"

/* SELECT: the name of each table that has windows or records, and 1 when it is there, 0 when only
 * its records are. Others' tables may be among them. */
extern const char sql_audit_tables_sqlite[];
extern const char sql_audit_tables_postgres[];

/* Whether it is one of an export's. */
bool sql_audit_is_ours(const char *table);

/* SELECT: account, window_from, window_until, the rows of the record, those that are there. */
enum { SQL_AUDIT_COLUMNS = 5 };
void sql_audit_select(struct buffer *sql, enum sql_dialect dialect, const char *table, bool there,
                      const struct store_audit *audit);

/* One row of that; NULL: none. Gives what is wrong with it. */
ets_status sql_audit_row(struct store_audit *audit, const char *table,
                         const char *const columns[SQL_AUDIT_COLUMNS]);

/* DELETE of the record of a flaw. */
void sql_audit_forget(struct buffer *sql, const struct store_flaw *flaw);

#endif
