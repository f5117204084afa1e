/* Tables of an export as the databases have them. Each has, before the columns of the service,
 *   account      the business unit's MID
 *   window_from  of the window that the row came with: seconds since 1970; 0: of a whole table
 * and behind them
 *   unfit        what came for a column and does not fit it: a JSON object, NULL: nothing
 * Names are those of the service, without regard to case. */
#ifndef ETTRACK_SINKS_SQL_H
#define ETTRACK_SINKS_SQL_H

#include "common/buffer.h"

#include <etsoap/export.h>

enum sql_dialect { SQL_SQLITE, SQL_POSTGRES };

#define SQL_VERSION 1 /* of all that is said here and in record.h */

/* A name in quotes; PostgreSQL: in lower case, as it takes names that have none. */
void sql_name(struct buffer *sql, enum sql_dialect dialect, const char *name);

/* The name that a column of the service has in the database, without quotes. */
enum { SQL_NAME_SIZE = 64 };
void sql_column_name(char name[SQL_NAME_SIZE], const ets_export_column *column);

/* 'text'. */
void sql_text(struct buffer *sql, const char *text);

/* What an existing column of a type takes; `otherwise` for a type that is none of ours. */
ets_value_kind sql_kind(const char *type, ets_value_kind otherwise);

/* CREATE TABLE and its index, with comments, which are statements of their own in PostgreSQL. */
void sql_create(struct buffer *sql, enum sql_dialect dialect, const ets_export_table *table);

/* ALTER TABLE: one column more, with its comment. */
void sql_add_column(struct buffer *sql, enum sql_dialect dialect, const ets_export_table *table,
                    const ets_export_column *column);

/* `name (account, window_from, ..., unfit)` */
void sql_target(struct buffer *sql, enum sql_dialect dialect, const ets_export_table *table);

/* DELETE of the rows of windows of the span's table and account that begin in [from, until). */
void sql_delete(struct buffer *sql, enum sql_dialect dialect, const ets_export_span *span,
                int64_t from, int64_t until);

#endif
