/* An export in a PostgreSQL database: opening it, and its records. */
#include "ettrack/sinks/one_table.h"
#include "ettrack/sinks/postgres_sink.h"
#include "ettrack/sinks/sql_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void postgres_close(void *context) {
  struct postgres_sink *sink = context;
  if (sink->connection) {
    postgres_abandon(sink);
    PQfinish(sink->connection);
  }
  prepared_free(&sink->prepared);
  cells_free(&sink->cells);
  buffer_free(&sink->copy);
  buffer_free(&sink->out);
  free(sink->where);
  free(sink);
}

/* --- records --------------------------------------------------------------------------------- */

static ets_status give_row(void *context, const char *const *columns, ets_error *error) {
  return sql_record_read(context, columns, postgres_name, error);
}

static ets_status read_records(struct postgres_sink *sink, const char *condition, int count,
                               const char *const *values, struct sql_record_reader *reader,
                               ets_error *error) {
  struct buffer sql = {0};
  ets_status status = postgres_connect(sink, error);
  buffer_printf(&sql, "%s%s%s", sql_record_select, condition, sql_record_order);
  if (status == ETS_OK && sql.failed)
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if (status == ETS_OK)
    status = postgres_each(sink, "the records cannot be read", buffer_text(&sql), count, values,
                           give_row, reader, error);
  sql_record_reader_free(reader);
  buffer_free(&sql);
  return status;
}

static ets_status postgres_records(void *context, const ets_export_table *table, int32_t account,
                                   ets_export_visitor *visit, void *visit_context,
                                   ets_error *error) {
  struct one_table one = {visit, visit_context};
  struct sql_record_reader reader = {one_table_visit, &one, NULL, 0};
  char number[16];
  const char *const values[] = {table->name, number};
  snprintf(number, sizeof number, "%" PRId32, account);
  return read_records(context, " WHERE table_name = $1 AND account = $2", 2, values, &reader,
                      error);
}

static ets_status postgres_survey(void *context, store_visitor *visit, void *visit_context,
                                  ets_error *error) {
  struct sql_record_reader reader = {visit, visit_context, NULL, 0};
  return read_records(context, "", 0, NULL, &reader, error);
}

/* --- opening --------------------------------------------------------------------------------- */

static bool is_secret(const char *keyword) {
  return strcmp(keyword, "password") == 0 || strcmp(keyword, "sslpassword") == 0;
}

/* Everybody on the machine sees what a program was started with. What libpq says of a URI that it
 * cannot read quotes it, so that is not shown where a password may be in it. */
static ets_status check_uri(const char *where, ets_error *error) {
  char *message = NULL;
  PQconninfoOption *options = PQconninfoParse(where, &message);
  ets_status status = ETS_OK;
  for (PQconninfoOption *option = options; option && option->keyword; option++)
    if (option->val && is_secret(option->keyword))
      status = ets_error_set(error, ETS_E_USAGE,
                             "%s: a password does not belong into the address, which everybody "
                             "sees in the list of processes: put it into ~/.pgpass or the file "
                             "that PGPASSFILE names, or name a service of pg_service.conf",
                             postgres_name);
  if (!options) {
    bool quiet = !message || strchr(where, '@') || strstr(where, "assword");
    status = ets_error_set(error, ETS_E_USAGE, "%s: the address cannot be read: %s", postgres_name,
                           quiet ? "write it as postgresql://user@host:5432/database" : message);
  }
  PQfreemem(message);
  PQconninfoFree(options);
  return status;
}

ets_status postgres_open(struct store *store, const char *where, bool create, ets_error *error) {
  static const ets_sink_calls calls = {ETS_SINK_VERSION, postgres_prepare, postgres_records,
                                       postgres_begin,   postgres_row,     postgres_mark,
                                       postgres_back,    postgres_commit,  postgres_abandon};
  *store = (struct store){0};
  ets_status status = libpq_load(error);
  if (status == ETS_OK)
    status = check_uri(where, error);
  if (status != ETS_OK)
    return status;
  struct postgres_sink *sink = calloc(1, sizeof *sink);
  if (sink) {
    sink->create = create;
    sink->where = strdup(where);
  }
  status = sink && sink->where ? postgres_connect(sink, error)
                               : ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if (status == ETS_OK)
    *store = (struct store){
        {&calls, sink}, postgres_survey, postgres_audit, postgres_forget, postgres_close};
  else if (sink)
    postgres_close(sink);
  return status;
}
