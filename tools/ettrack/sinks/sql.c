#include "ettrack/sinks/sql.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
  ets_value_kind kind;
  const char *type;
} types[] = {{ETS_VALUE_INTEGER, "bigint"},
             {ETS_VALUE_DOUBLE, "double precision"},
             {ETS_VALUE_BOOLEAN, "boolean"},
             {ETS_VALUE_DATETIME, "timestamp"},
             {ETS_VALUE_DATETIME, "timestamp without time zone"},
             {ETS_VALUE_TEXT, "text"}};
enum { TYPES = sizeof types / sizeof *types };

static const char *type_of(ets_value_kind kind) {
  for (size_t i = 0; i < TYPES; i++)
    if (types[i].kind == kind)
      return types[i].type;
  return "text";
}

ets_value_kind sql_kind(const char *type, ets_value_kind otherwise) {
  for (size_t i = 0; i < TYPES; i++)
    if (strcasecmp(types[i].type, type) == 0)
      return types[i].kind;
  return otherwise;
}

/* --- names and texts ------------------------------------------------------------------------- */

void sql_name(struct buffer *sql, enum sql_dialect dialect, const char *name) {
  buffer_add_char(sql, '"');
  for (; *name; name++) {
    bool upper = *name >= 'A' && *name <= 'Z' && dialect == SQL_POSTGRES;
    if (*name == '"')
      buffer_add_char(sql, '"');
    buffer_add_char(sql, upper ? (char)(*name | 0x20) : *name);
  }
  buffer_add_char(sql, '"');
}

/* Longer names than PostgreSQL has end with a sum of what is cut. */
void sql_column_name(char name[SQL_NAME_SIZE], const ets_export_column *column) {
  static const char *const ours[] = {"account", "window_from", "unfit"};
  const char *suffix = "";
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (strcasecmp(column->name, ours[i]) == 0)
      suffix = "_";
  if ((size_t)snprintf(name, SQL_NAME_SIZE, "%s%s", column->name, suffix) < SQL_NAME_SIZE)
    return;
  uint32_t sum = 2166136261;
  for (const char *at = column->name; *at; at++)
    sum = (sum ^ (unsigned char)*at) * 16777619;
  size_t end = SQL_NAME_SIZE - 10;
  while (end > 0 && ((unsigned char)name[end] & 0xC0) == 0x80)
    end--;
  snprintf(name + end, SQL_NAME_SIZE - end, "_%08" PRIx32, sum);
}

void sql_text(struct buffer *sql, const char *text) {
  buffer_add_char(sql, '\'');
  for (; *text; text++) {
    if (*text == '\'')
      buffer_add_char(sql, '\'');
    buffer_add_char(sql, *text);
  }
  buffer_add_char(sql, '\'');
}

/* --- comments -------------------------------------------------------------------------------- */

static const char account_text[] = "MID of the business unit";
static const char window_text[] =
    "beginning of the window that the row came with, seconds since 1970; 0: none";
static const char unfit_text[] = "values that do not fit their columns, a JSON object";

static void describe(struct buffer *text, const ets_export_table *table,
                     const ets_export_column *column) {
  buffer_printf(text, "%s of %s%s", column->property, table->object_type,
                column->kind == ETS_VALUE_DATETIME ? ", server time" : "");
}

/* Within the statement that makes the column, where SQLite keeps it. */
static void note(struct buffer *sql, const char *text) {
  buffer_add_text(sql, " /* ");
  for (; *text; text++)
    buffer_add_char(sql, *text == '*' || (unsigned char)*text < ' ' ? ' ' : *text);
  buffer_add_text(sql, " */");
}

static void comment_on(struct buffer *sql, const ets_export_table *table, const char *column,
                       const char *text) {
  buffer_printf(sql, "; COMMENT ON %s ", column ? "COLUMN" : "TABLE");
  sql_name(sql, SQL_POSTGRES, table->name);
  if (column) {
    buffer_add_char(sql, '.');
    sql_name(sql, SQL_POSTGRES, column);
  }
  buffer_add_text(sql, " IS ");
  sql_text(sql, text);
}

/* --- statements ------------------------------------------------------------------------------ */

/* One column of CREATE TABLE or ALTER TABLE. */
static void define(struct buffer *sql, enum sql_dialect dialect, const char *name, const char *rest,
                   const char *text) {
  sql_name(sql, dialect, name);
  buffer_printf(sql, " %s", rest);
  if (dialect == SQL_SQLITE)
    note(sql, text);
}

static void define_column(struct buffer *sql, enum sql_dialect dialect,
                          const ets_export_table *table, const ets_export_column *column) {
  struct buffer text = {0};
  char name[SQL_NAME_SIZE];
  sql_column_name(name, column);
  describe(&text, table, column);
  define(sql, dialect, name, type_of(column->kind), buffer_text(&text));
  sql->failed = sql->failed || text.failed;
  buffer_free(&text);
}

static void comment_on_column(struct buffer *sql, const ets_export_table *table,
                              const ets_export_column *column) {
  struct buffer text = {0};
  char name[SQL_NAME_SIZE];
  sql_column_name(name, column);
  describe(&text, table, column);
  comment_on(sql, table, name, buffer_text(&text));
  sql->failed = sql->failed || text.failed;
  buffer_free(&text);
}

void sql_create(struct buffer *sql, enum sql_dialect dialect, const ets_export_table *table) {
  char index[128];
  snprintf(index, sizeof index, "%s_window", table->name);
  buffer_add_text(sql, "CREATE TABLE ");
  sql_name(sql, dialect, table->name);
  buffer_add_text(sql, " (");
  if (dialect == SQL_SQLITE)
    note(sql, table->text);
  define(sql, dialect, "account", "bigint NOT NULL,", account_text);
  define(sql, dialect, "window_from", "bigint NOT NULL,", window_text);
  for (size_t i = 0; i < table->column_count; i++) {
    define_column(sql, dialect, table, &table->columns[i]);
    buffer_add_text(sql, ", ");
  }
  define(sql, dialect, "unfit", "text", unfit_text);
  buffer_add_text(sql, "); CREATE INDEX ");
  sql_name(sql, dialect, index);
  buffer_add_text(sql, " ON ");
  sql_name(sql, dialect, table->name);
  buffer_add_text(sql, " (account, window_from)");
  if (dialect != SQL_POSTGRES)
    return;
  comment_on(sql, table, NULL, table->text);
  comment_on(sql, table, "account", account_text);
  comment_on(sql, table, "window_from", window_text);
  comment_on(sql, table, "unfit", unfit_text);
  for (size_t i = 0; i < table->column_count; i++)
    comment_on_column(sql, table, &table->columns[i]);
}

void sql_add_column(struct buffer *sql, enum sql_dialect dialect, const ets_export_table *table,
                    const ets_export_column *column) {
  buffer_add_text(sql, "ALTER TABLE ");
  sql_name(sql, dialect, table->name);
  buffer_add_text(sql, " ADD COLUMN ");
  define_column(sql, dialect, table, column);
  if (dialect == SQL_POSTGRES)
    comment_on_column(sql, table, column);
}

void sql_target(struct buffer *sql, enum sql_dialect dialect, const ets_export_table *table) {
  char name[SQL_NAME_SIZE];
  sql_name(sql, dialect, table->name);
  buffer_add_text(sql, " (account, window_from");
  for (size_t i = 0; i < table->column_count; i++) {
    buffer_add_text(sql, ", ");
    sql_column_name(name, &table->columns[i]);
    sql_name(sql, dialect, name);
  }
  buffer_add_text(sql, ", unfit)");
}

void sql_delete(struct buffer *sql, enum sql_dialect dialect, const ets_export_span *span,
                int64_t from, int64_t until) {
  buffer_add_text(sql, "DELETE FROM ");
  sql_name(sql, dialect, span->table->name);
  buffer_printf(sql,
                " WHERE account = %" PRId32 " AND window_from >= %" PRId64
                " AND window_from < %" PRId64 ";",
                span->account, from, until);
}
