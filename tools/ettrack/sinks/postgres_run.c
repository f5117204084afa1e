/* Runs statements. Others' locks may keep them waiting, which a signal has to be able to end. */
#include "ettrack/sinks/postgres_sink.h"

#include "common/program.h"
#include "ettrack/run/stop.h"

#include <poll.h>
#include <string.h>
#include <time.h>

/* In seconds: how long without a word, and what may be finished still when a signal came. */
enum { SILENCE = 5, FINISH = 1, LOOK_MS = 100 };

const char postgres_name[] = "PostgreSQL";

ets_status postgres_failed(struct postgres_sink *sink, PGresult *result, const char *what,
                           ets_error *error) {
  const char *text = PQresultErrorMessage(result);
  if (!*text)
    text = PQerrorMessage(sink->connection);
  size_t length = strlen(text);
  while (length > 0 && text[length - 1] == '\n')
    length--;
  ets_error_set(error, ETS_E_IO, "%s: %s: %.*s", postgres_name, what, (int)length, text);
  PQclear(result);
  return ETS_E_IO;
}

bool postgres_is_up(const struct postgres_sink *sink) {
  return sink->connection && PQstatus(sink->connection) == CONNECTION_OK;
}

void postgres_roll_back(struct postgres_sink *sink) {
  if (!postgres_is_up(sink))
    return;
  PGTransactionStatusType state = PQtransactionStatus(sink->connection);
  if (state == PQTRANS_ACTIVE) { /* within COPY */
    (void)PQputCopyEnd(sink->connection, "given up");
    for (PGresult *result; (result = PQgetResult(sink->connection));)
      PQclear(result);
    state = PQtransactionStatus(sink->connection);
  }
  if (state != PQTRANS_IDLE)
    PQclear(PQexec(sink->connection, "ROLLBACK"));
}

/* --- statements ------------------------------------------------------------------------------ */

static void cancel(PGconn *connection) {
  char why[256];
  PGcancel *request = PQgetCancel(connection);
  if (request)
    (void)PQcancel(request, why, sizeof why);
  PQfreeCancel(request);
}

/* Until an answer can be taken. *cancelled: a signal ended the statement. */
static void wait_for(struct postgres_sink *sink, bool *cancelled) {
  struct timespec began, now;
  bool said = false;
  clock_gettime(CLOCK_MONOTONIC, &began);
  while (PQisBusy(sink->connection)) {
    struct pollfd socket = {PQsocket(sink->connection), POLLIN, 0};
    (void)poll(&socket, 1, LOOK_MS);
    if (PQconsumeInput(sink->connection) != 1)
      return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!*cancelled && stop_asked() && now.tv_sec - began.tv_sec > FINISH) {
      cancel(sink->connection);
      *cancelled = true;
    }
    if (!said && now.tv_sec - began.tv_sec >= SILENCE) {
      complain("%s: waiting for the server; another session may have a table locked",
               postgres_name);
      said = true;
    }
  }
}

/* As PQexec(): the last result; NULL: the connection has the error. */
static PGresult *execute(struct postgres_sink *sink, const char *sql, bool *cancelled) {
  PGresult *last = NULL;
  if (PQsendQuery(sink->connection, sql) != 1)
    return NULL;
  for (;;) {
    wait_for(sink, cancelled);
    PGresult *result = PQgetResult(sink->connection);
    if (!result)
      return last;
    PQclear(last);
    last = result;
    if (PQresultStatus(result) == PGRES_COPY_IN || !postgres_is_up(sink))
      return last;
  }
}

ets_status postgres_ask(struct postgres_sink *sink, const char *what, const char *sql,
                        PGresult **result, ets_error *error) {
  bool cancelled = false;
  *result = execute(sink, sql, &cancelled);
  ExecStatusType came = PQresultStatus(*result);
  if (came == PGRES_COMMAND_OK || came == PGRES_TUPLES_OK || came == PGRES_COPY_IN)
    return ETS_OK;
  ets_status status = postgres_failed(sink, *result, what, error);
  *result = NULL;
  return cancelled && postgres_is_up(sink)
             ? ets_error_set(error, ETS_E_ABORTED, "%s: %s: a signal ended the wait for the server",
                             postgres_name, what)
             : status;
}

ets_status postgres_run(struct postgres_sink *sink, const char *what, const char *sql,
                        ets_error *error) {
  PGresult *result;
  ets_status status = postgres_ask(sink, what, sql, &result, error);
  PQclear(result);
  return status;
}
