/* The connection. */
#include "ettrack/sinks/postgres_sink.h"

#include "common/hash.h"
#include "ettrack/run/stop.h"
#include "ettrack/sinks/sql_record.h"

#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How long a server that went away is waited for, and how often it is looked at. */
enum { PATIENCE = 30, PAUSE = 250 * 1000 * 1000, LOOK_MS = 100 };

/* All is in the schema that has an export already, or else in the first of search_path.
 * Waits are the service's: no limit of the server may end a window. Rows that are committed are on
 * disk, whatever the database's own setting. */
static const char settings[] =
    "SET standard_conforming_strings = on; SET datestyle = ISO; SET extra_float_digits = 3;"
    "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('statement_timeout',"
    " 'lock_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout',"
    " 'transaction_timeout');"
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') = 'off';"
    "SELECT set_config('search_path', quote_ident(nspname), false) FROM pg_namespace"
    " WHERE oid = coalesce((SELECT relnamespace FROM pg_class"
    " WHERE oid = to_regclass('export_meta')), current_schema()::regnamespace);"
    "SELECT current_schema(), to_regclass('export_meta') IS NOT NULL,"
    " current_setting('server_encoding') IN ('UTF8', 'SQL_ASCII')";

/* --- connecting ------------------------------------------------------------------------------ */

static void ignore(void *context, const char *message) {
  (void)context;
  (void)message;
}

static ets_status not_connected(const struct postgres_sink *sink, ets_error *error) {
  const char *text = PQerrorMessage(sink->connection);
  size_t length = strlen(text);
  while (length > 0 && text[length - 1] == '\n')
    length--;
  return ets_error_set(error, ETS_E_CONNECT, "%s: %.*s", postgres_name, (int)length, text);
}

/* Seconds that a server has; 0: all of them. */
static int64_t timeout_of(PGconn *connection) {
  PQconninfoOption *options = PQconninfo(connection);
  int64_t seconds = 0, hosts = 1;
  for (PQconninfoOption *option = options; option && option->keyword; option++) {
    if (option->val && strcmp(option->keyword, "connect_timeout") == 0)
      seconds = strtoll(option->val, NULL, 10);
    for (const char *at = option->val; at && strcmp(option->keyword, "host") == 0 && *at; at++)
      hosts += *at == ',';
  }
  PQconninfoFree(options);
  return seconds > 0 ? (seconds < 2 ? 2 : seconds) * hosts : 0;
}

/* As PQconnectdb() does it, but a signal ends it. */
static ets_status wait_connected(struct postgres_sink *sink, ets_error *error) {
  PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
  const int64_t timeout = timeout_of(sink->connection);
  struct timespec began, now;
  clock_gettime(CLOCK_MONOTONIC, &began);
  while (PQstatus(sink->connection) != CONNECTION_BAD && wanted != PGRES_POLLING_OK &&
         wanted != PGRES_POLLING_FAILED) {
    struct pollfd socket = {PQsocket(sink->connection),
                            wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0};
    if (poll(&socket, 1, LOOK_MS) > 0)
      wanted = PQconnectPoll(sink->connection);
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (stop_asked())
      return ets_error_set(error, ETS_E_ABORTED, "%s: a signal ended the wait for the server",
                           postgres_name);
    if (timeout && now.tv_sec - began.tv_sec > timeout)
      return ets_error_set(error, ETS_E_CONNECT, "%s: the server does not answer: timeout expired",
                           postgres_name);
  }
  return PQstatus(sink->connection) == CONNECTION_OK ? ETS_OK : not_connected(sink, error);
}

static ets_status connect_once(struct postgres_sink *sink, ets_error *error) {
  const char *const names[] = {"dbname", "client_encoding", "fallback_application_name", NULL};
  const char *const values[] = {sink->where, "UTF8", "ettrack", NULL};
  PQfinish(sink->connection);
  sink->connection = PQconnectStartParams(names, values, 1);
  if (!sink->connection)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  ets_status status = wait_connected(sink, error);
  if (status == ETS_OK && PQsetnonblocking(sink->connection, 1) != 0)
    status = not_connected(sink, error);
  if (status != ETS_OK)
    return status;
  (void)PQsetNoticeProcessor(sink->connection, ignore, NULL);
  (void)PQsetErrorVerbosity(sink->connection, PQERRORS_TERSE); /* no rows in errors */
  return ETS_OK;
}

static ets_status connect_patiently(struct postgres_sink *sink, ets_error *error) {
  const struct timespec pause = {0, PAUSE};
  struct timespec now, end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_sec += sink->lasting ? PATIENCE : 0;
  for (;;) {
    ets_status status = connect_once(sink, error);
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (status != ETS_E_CONNECT || now.tv_sec >= end.tv_sec || stop_asked())
      return status;
    nanosleep(&pause, NULL);
  }
}

static ets_status check_version(struct postgres_sink *sink, ets_error *error) {
  PGresult *result;
  ets_status status = postgres_ask(sink, "cannot be opened", sql_record_version, &result, error);
  if (status != ETS_OK)
    return status;
  const char *version = PQntuples(result) == 1 ? PQgetvalue(result, 0, 0) : NULL;
  status = sql_record_check_version(version, postgres_name, error);
  PQclear(result);
  return status;
}

static ets_status check_shape(struct postgres_sink *sink, ets_error *error) {
  PGresult *result;
  ets_status status =
      postgres_ask(sink, "cannot be opened", sql_record_shape_postgres, &result, error);
  if (status == ETS_OK)
    status = sql_record_check_shape(PQgetvalue(result, 0, 0), postgres_name, error);
  PQclear(result);
  return status;
}

static ets_status create_tables(struct postgres_sink *sink, ets_error *error) {
  static const char what[] = "tables cannot be made";
  struct buffer sql = {0};
  buffer_printf(&sql, "BEGIN; SELECT pg_advisory_xact_lock(%" PRId64 "); %s", (int64_t)sink->schema,
                sql_record_create);
  ets_status status = sql.failed ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                                 : postgres_run(sink, what, buffer_text(&sql), error);
  if (status == ETS_OK)
    status = check_shape(sink, error);
  if (status == ETS_OK)
    status = postgres_run(sink, what, sql_record_comments, error);
  if (status == ETS_OK)
    status = postgres_run(sink, what, "COMMIT", error);
  postgres_roll_back(sink);
  buffer_free(&sql);
  return status;
}

static ets_status look_around(struct postgres_sink *sink, bool *there, ets_error *error) {
  PGresult *result;
  if (PQserverVersion(sink->connection) < 100000)
    return ets_error_set(error, ETS_E_USAGE, "%s: the server is version %d, 10 is needed",
                         postgres_name, PQserverVersion(sink->connection) / 10000);
  ets_status status = postgres_ask(sink, "cannot be opened", settings, &result, error);
  if (status != ETS_OK)
    return status;
  if (*PQgetvalue(result, 0, 2) != 't')
    status = ets_error_set(error, ETS_E_USAGE,
                           "%s: the database cannot hold every character: make one with ENCODING "
                           "'UTF8'",
                           postgres_name);
  else if (PQgetisnull(result, 0, 0))
    status = ets_error_set(error, ETS_E_USAGE,
                           "%s: there is no schema to make tables in: set search_path, as in "
                           "?options=-csearch_path%%3Dtracking",
                           postgres_name);
  *there = *PQgetvalue(result, 0, 1) == 't';
  const char *schema = PQgetvalue(result, 0, 0);
  sink->schema = hash_bytes(HASH_BEGIN, schema, strlen(schema));
  PQclear(result);
  return status;
}

ets_status postgres_connect(struct postgres_sink *sink, ets_error *error) {
  bool there = false;
  if (postgres_is_up(sink))
    return ETS_OK;
  ets_status status = connect_patiently(sink, error);
  if (status == ETS_OK)
    status = look_around(sink, &there, error);
  if (status == ETS_OK && there)
    status = check_shape(sink, error);
  else if (status == ETS_OK && sink->create)
    status = create_tables(sink, error);
  else if (status == ETS_OK)
    status = ets_error_set(error, ETS_E_USAGE, "%s: the database holds no export", postgres_name);
  if (status == ETS_OK)
    status = check_version(sink, error);
  sink->lasting = sink->lasting || status == ETS_OK;
  if (status != ETS_OK) { /* half of a connection is none */
    PQfinish(sink->connection);
    sink->connection = NULL;
  }
  return status;
}
