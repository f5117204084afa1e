/* Counts what is there. */
#include "ettrack/sinks/postgres_sink.h"
#include "ettrack/sinks/sql_audit.h"

#include <string.h>

static const char what[] = "cannot be looked at";

/* Into a buffer: '1' when the table is there, or '0', its name, and a zero behind it. */
static ets_status keep_name(void *context, const char *const *columns, ets_error *error) {
  struct buffer *names = context;
  if (columns[0] && sql_audit_is_ours(columns[0])) {
    buffer_add_char(names, columns[1] && *columns[1] == '1' ? '1' : '0');
    buffer_add(names, columns[0], strlen(columns[0]) + 1);
  }
  return names->failed ? ets_error_set(error, ETS_E_NOMEM, "out of memory") : ETS_OK;
}

struct audited {
  struct store_audit *audit;
  const char *table;
};

static ets_status take_row(void *context, const char *const *columns, ets_error *error) {
  const struct audited *audited = context;
  (void)error;
  return sql_audit_row(audited->audit, audited->table, columns);
}

static ets_status audit_table(struct postgres_sink *sink, const char *table, bool there,
                              struct store_audit *audit, ets_error *error) {
  struct audited audited = {audit, table};
  struct buffer sql = {0};
  sql_audit_select(&sql, SQL_POSTGRES, table, there, audit);
  ets_status status =
      sql.failed ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                 : postgres_each(sink, what, buffer_text(&sql), 0, NULL, take_row, &audited, error);
  buffer_free(&sql);
  return status;
}

ets_status postgres_audit(void *context, struct store_audit *audit, ets_error *error) {
  struct postgres_sink *sink = context;
  struct buffer names = {0};
  ets_status status = postgres_connect(sink, error);
  if (status == ETS_OK)
    status =
        postgres_each(sink, what, sql_audit_tables_postgres, 0, NULL, keep_name, &names, error);
  for (size_t at = 0; status == ETS_OK && at < names.size;) {
    const char *name = names.data + at;
    status = audit_table(sink, name + 1, *name == '1', audit, error);
    at += strlen(name) + 1;
  }
  buffer_free(&names);
  return status;
}

ets_status postgres_forget(void *context, const struct store_flaw *flaw, ets_error *error) {
  struct postgres_sink *sink = context;
  struct buffer sql = {0};
  ets_status status = postgres_connect(sink, error);
  sql_audit_forget(&sql, flaw);
  if (status == ETS_OK)
    status = sql.failed
                 ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                 : postgres_run(sink, "a record cannot be dropped", buffer_text(&sql), error);
  buffer_free(&sql);
  return status;
}
