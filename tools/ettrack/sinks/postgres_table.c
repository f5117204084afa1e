/* Makes a table ready. */
#include "ettrack/sinks/postgres_sink.h"

#include <inttypes.h>

static const char columns_of[] =
    "SELECT attname, format_type(atttypid, NULL), relkind IN ('v', 'm')"
    " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
    " WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped";

static ets_status look(struct postgres_sink *sink, const ets_export_table *table,
                       const struct prepared_table **found, ets_error *error) {
  struct prepared_table *known = prepared_begin(&sink->prepared, table);
  struct buffer name = {0};
  *found = known;
  sql_name(&name, SQL_POSTGRES, table->name);
  const char *const values[] = {buffer_text(&name)};
  if (!known || name.failed) {
    buffer_free(&name);
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  PGresult *result;
  ets_status status =
      postgres_ask_with(sink, "cannot be looked at", columns_of, 1, values, &result, error);
  buffer_free(&name);
  if (status != ETS_OK)
    return status;
  bool view = PQntuples(result) > 0 && *PQgetvalue(result, 0, 2) == 't';
  for (int i = 0; !view && i < PQntuples(result); i++)
    prepared_column(known, table, PQgetvalue(result, i, 0), PQgetvalue(result, i, 1));
  PQclear(result);
  return view ? prepared_is_view(table, postgres_name, error) : ETS_OK;
}

/* Others may be at the same: what there is to do is known when they are kept out. */
static ets_status change(struct postgres_sink *sink, const ets_export_table *table,
                         ets_error *error) {
  static const char what[] = "a table cannot be made";
  const struct prepared_table *known;
  struct buffer sql = {0};
  buffer_printf(&sql, "BEGIN; SELECT pg_advisory_xact_lock(%" PRId64 ")", (int64_t)sink->schema);
  ets_status status = sql.failed ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                                 : postgres_run(sink, what, buffer_text(&sql), error);
  buffer_reset(&sql);
  if (status == ETS_OK)
    status = look(sink, table, &known, error);
  if (status == ETS_OK)
    status = prepared_changes(known, table, SQL_POSTGRES, postgres_name, &sql, error);
  if (status == ETS_OK && sql.size > 0) /* else somebody was faster */
    status = postgres_run(sink, what, buffer_text(&sql), error);
  if (status == ETS_OK)
    status = postgres_run(sink, what, "COMMIT", error);
  postgres_roll_back(sink);
  buffer_free(&sql);
  return status;
}

ets_status postgres_prepare(void *context, const ets_export_table *table, ets_error *error) {
  struct postgres_sink *sink = context;
  const struct prepared_table *known;
  ets_status status = ETS_OK;
  if (prepared_find(&sink->prepared, table))
    return ETS_OK;
  if (sink->open)
    return ets_error_set(error, ETS_E_USAGE, "a table cannot be made while a window is open");
  status = postgres_connect(sink, error);
  if (status == ETS_OK)
    status = look(sink, table, &known, error);
  if (status != ETS_OK || prepared_complete(known))
    return status;
  status = change(sink, table, error);
  return status == ETS_OK ? look(sink, table, &known, error) : status;
}
