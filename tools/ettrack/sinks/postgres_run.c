/* Runs statements. A server that others' locks keep waiting, or that does not answer at all, must
 * not keep a signal waiting: the connection does not block, and each wait for it looks for one. */
#include "ettrack/sinks/postgres_sink.h"

#include "common/program.h"
#include "ettrack/run/stop.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* In seconds: how long without a word, what may be finished still when a signal came, and how long
 * a server has to end what was cancelled. */
enum { SILENCE = 5, FINISH = 1, END = 2, LOOK_MS = 100 };

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

/* --- waiting --------------------------------------------------------------------------------- */

struct wait {
  struct timespec began, asked;
  bool said, cancelled;
};

static struct wait wait_begin(void) {
  struct wait wait = {.said = false};
  clock_gettime(CLOCK_MONOTONIC, &wait.began);
  return wait;
}

/* libpq's request blocks, and a server that hangs does not even answer that. */
static void *cancel(void *request) {
  char why[256];
  (void)PQcancel(request, why, sizeof why);
  PQfreeCancel(request);
  return NULL;
}

static void cancel_aside(PGconn *connection) {
  PGcancel *request = PQgetCancel(connection);
  pthread_t thread;
  if (!request)
    return;
  if (pthread_create(&thread, NULL, cancel, request) == 0)
    (void)pthread_detach(thread);
  else
    PQfreeCancel(request);
}

/* False when the connection was given up: a signal came, and the server did not end. */
static bool heed_signal(struct postgres_sink *sink, struct wait *wait, struct timespec now) {
  if (!stop_asked() || now.tv_sec - wait->began.tv_sec <= FINISH)
    return true;
  if (!wait->cancelled) {
    wait->cancelled = true;
    wait->asked = now;
    cancel_aside(sink->connection);
    return true;
  }
  if (now.tv_sec - wait->asked.tv_sec < END)
    return true;
  PQfinish(sink->connection);
  sink->connection = NULL;
  return false;
}

/* Until something may have happened to the connection; false when there is none any more. */
static bool wait_for(struct postgres_sink *sink, struct wait *wait, short events) {
  struct pollfd socket = {PQsocket(sink->connection), events, 0};
  struct timespec now;
  if (poll(&socket, 1, LOOK_MS) > 0 && (socket.revents & ~POLLOUT) &&
      PQconsumeInput(sink->connection) != 1)
    return false;
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (!wait->said && now.tv_sec - wait->began.tv_sec >= SILENCE) {
    complain("%s: waiting for the server; another session may have a table locked", postgres_name);
    wait->said = true;
  }
  return heed_signal(sink, wait, now);
}

/* What was given to libpq is on its way. */
static bool flush(struct postgres_sink *sink, struct wait *wait) {
  int left;
  while ((left = PQflush(sink->connection)) == 1)
    if (!wait_for(sink, wait, POLLIN | POLLOUT))
      return false;
  return left == 0;
}

/* The next result; NULL: there is none, or the connection has an error or is gone. */
static PGresult *next_result(struct postgres_sink *sink, struct wait *wait) {
  if (!sink->connection || !flush(sink, wait))
    return NULL;
  while (PQisBusy(sink->connection))
    if (!wait_for(sink, wait, POLLIN))
      break;
  return sink->connection ? PQgetResult(sink->connection) : NULL;
}

static ets_status aborted(const char *what, ets_error *error) {
  return ets_error_set(error, ETS_E_ABORTED, "%s: %s: a signal ended the wait for the server",
                       postgres_name, what);
}

/* --- statements ------------------------------------------------------------------------------ */

static bool is_good(const PGresult *result) {
  ExecStatusType came = PQresultStatus(result);
  return came == PGRES_COMMAND_OK || came == PGRES_TUPLES_OK || came == PGRES_COPY_IN;
}

/* As PQexec(): the last result; NULL: the connection has the error, or is gone. */
static PGresult *last_result(struct postgres_sink *sink, struct wait *wait) {
  PGresult *last = NULL;
  for (PGresult *result; (result = next_result(sink, wait));) {
    PQclear(last);
    last = result;
    if (PQresultStatus(result) == PGRES_COPY_IN || !postgres_is_up(sink))
      break;
  }
  return last;
}

static ets_status judge(struct postgres_sink *sink, const struct wait *wait, const char *what,
                        PGresult **result, ets_error *error) {
  if (is_good(*result) && sink->connection)
    return ETS_OK;
  ets_status status = wait->cancelled ? aborted(what, error) : ETS_OK;
  if (wait->cancelled)
    PQclear(*result);
  else
    status = postgres_failed(sink, *result, what, error);
  *result = NULL;
  return status;
}

ets_status postgres_ask(struct postgres_sink *sink, const char *what, const char *sql,
                        PGresult **result, ets_error *error) {
  struct wait wait = wait_begin();
  *result = PQsendQuery(sink->connection, sql) == 1 ? last_result(sink, &wait) : NULL;
  return judge(sink, &wait, what, result, error);
}

ets_status postgres_ask_with(struct postgres_sink *sink, const char *what, const char *sql,
                             int count, const char *const *values, PGresult **result,
                             ets_error *error) {
  struct wait wait = wait_begin();
  int sent = PQsendQueryParams(sink->connection, sql, count, NULL, values, NULL, NULL, 0);
  *result = sent == 1 ? last_result(sink, &wait) : NULL;
  return judge(sink, &wait, what, result, error);
}

ets_status postgres_run(struct postgres_sink *sink, const char *what, const char *sql,
                        ets_error *error) {
  PGresult *result;
  ets_status status = postgres_ask(sink, what, sql, &result, error);
  PQclear(result);
  return status;
}

static ets_status give_row(const PGresult *result, postgres_visitor *visit, void *context,
                           ets_error *error) {
  const char *columns[POSTGRES_COLUMNS_MOST];
  int count = PQnfields(result);
  for (int i = 0; i < count && i < POSTGRES_COLUMNS_MOST; i++)
    columns[i] = PQgetisnull(result, 0, i) ? NULL : PQgetvalue(result, 0, i);
  return visit(context, columns, error);
}

ets_status postgres_each(struct postgres_sink *sink, const char *what, const char *sql, int count,
                         const char *const *values, postgres_visitor *visit, void *context,
                         ets_error *error) {
  struct wait wait = wait_begin();
  ets_status status = ETS_OK;
  bool whole = false;
  if (PQsendQueryParams(sink->connection, sql, count, NULL, values, NULL, NULL, 0) != 1 ||
      PQsetSingleRowMode(sink->connection) != 1)
    return postgres_failed(sink, NULL, what, error);
  for (PGresult *result; (result = next_result(sink, &wait));) {
    ExecStatusType came = PQresultStatus(result);
    whole = whole || came == PGRES_TUPLES_OK;
    if (status == ETS_OK && came == PGRES_SINGLE_TUPLE)
      status = give_row(result, visit, context, error);
    else if (status == ETS_OK && came != PGRES_TUPLES_OK && !wait.cancelled) {
      status = postgres_failed(sink, result, what, error);
      continue;
    }
    PQclear(result);
  }
  if (status == ETS_OK && !whole)
    return wait.cancelled ? aborted(what, error) : postgres_failed(sink, NULL, what, error);
  return status;
}

/* --- rows ------------------------------------------------------------------------------------ */

ets_status postgres_put(struct postgres_sink *sink, const char *what, const char *bytes, int size,
                        ets_error *error) {
  struct wait wait = wait_begin();
  if (PQputCopyData(sink->connection, bytes, size) == 1 && flush(sink, &wait))
    return ETS_OK;
  return wait.cancelled ? aborted(what, error) : postgres_failed(sink, NULL, what, error);
}

ets_status postgres_end(struct postgres_sink *sink, const char *what, bool take_back,
                        ets_error *error) {
  struct wait wait = wait_begin();
  ets_status status = ETS_OK;
  if (PQputCopyEnd(sink->connection, take_back ? "taken back" : NULL) != 1)
    return postgres_failed(sink, NULL, what, error);
  for (PGresult *result; (result = next_result(sink, &wait));) {
    if (take_back || status != ETS_OK || PQresultStatus(result) == PGRES_COMMAND_OK)
      PQclear(result);
    else
      status = postgres_failed(sink, result, what, error);
  }
  if (wait.cancelled)
    return aborted(what, error);
  return status == ETS_OK && !postgres_is_up(sink) ? postgres_failed(sink, NULL, what, error)
                                                   : status;
}

void postgres_roll_back(struct postgres_sink *sink) {
  if (!postgres_is_up(sink))
    return;
  if (PQtransactionStatus(sink->connection) == PQTRANS_ACTIVE) { /* within COPY */
    ets_status ended = postgres_end(sink, "", true, NULL);
    (void)ended;
  }
  if (postgres_is_up(sink) && PQtransactionStatus(sink->connection) != PQTRANS_IDLE) {
    ets_status rolled = postgres_run(sink, "", "ROLLBACK", NULL);
    (void)rolled;
  }
}
