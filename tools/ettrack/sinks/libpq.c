#include "ettrack/sinks/libpq.h"

#ifdef ETTRACK_PQ_FILE

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Filled once for the process, as the dynamic linker would, and never unloaded: OpenSSL's and
 * others' handlers at exit are in it. */
#define MEMBER(name) __typeof__(name) *name;
static struct { LIBPQ_MAP(MEMBER) } library;
#undef MEMBER

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[300]; /* empty: loaded */

static bool find(void *handle, const char *name, void *function) {
  void *found = dlsym(handle, name);
  memcpy(function, &found, sizeof found);
  if (!found)
    snprintf(problem, sizeof problem, ETTRACK_PQ_FILE " has no %s; install libpq 10 or newer",
             name);
  return found;
}

static void load(void) {
  void *handle = dlopen(ETTRACK_PQ_FILE, RTLD_LAZY | RTLD_LOCAL);
  if (!handle)
    snprintf(problem, sizeof problem, "libpq cannot be loaded: %.200s; install it (libpq5)",
             dlerror());
  bool found = handle;
#define FIND(name) found = found && find(handle, #name, &library.name);
  LIBPQ_MAP(FIND)
#undef FIND
  if (!found && handle)
    dlclose(handle);
}

ets_status libpq_load(ets_error *error) {
  pthread_once(&once, load);
  return *problem ? ets_error_set(error, ETS_E_IO, "%s", problem) : ETS_OK;
}

int PQcancel(PGcancel *cancel, char *message, int size) {
  return library.PQcancel(cancel, message, size);
}

void PQclear(PGresult *result) {
  library.PQclear(result);
}

char *PQcmdStatus(PGresult *result) {
  return library.PQcmdStatus(result);
}

PostgresPollingStatusType PQconnectPoll(PGconn *connection) {
  return library.PQconnectPoll(connection);
}

PGconn *PQconnectStartParams(const char *const *names, const char *const *values, int expand) {
  return library.PQconnectStartParams(names, values, expand);
}

PQconninfoOption *PQconninfo(PGconn *connection) {
  return library.PQconninfo(connection);
}

void PQconninfoFree(PQconninfoOption *options) {
  library.PQconninfoFree(options);
}

PQconninfoOption *PQconninfoParse(const char *text, char **message) {
  return library.PQconninfoParse(text, message);
}

int PQconsumeInput(PGconn *connection) {
  return library.PQconsumeInput(connection);
}

char *PQerrorMessage(const PGconn *connection) {
  return library.PQerrorMessage(connection);
}

void PQfinish(PGconn *connection) {
  library.PQfinish(connection);
}

int PQflush(PGconn *connection) {
  return library.PQflush(connection);
}

void PQfreeCancel(PGcancel *cancel) {
  library.PQfreeCancel(cancel);
}

void PQfreemem(void *memory) {
  library.PQfreemem(memory);
}

PGcancel *PQgetCancel(PGconn *connection) {
  return library.PQgetCancel(connection);
}

PGresult *PQgetResult(PGconn *connection) {
  return library.PQgetResult(connection);
}

int PQgetisnull(const PGresult *result, int row, int column) {
  return library.PQgetisnull(result, row, column);
}

char *PQgetvalue(const PGresult *result, int row, int column) {
  return library.PQgetvalue(result, row, column);
}

int PQisBusy(PGconn *connection) {
  return library.PQisBusy(connection);
}

int PQnfields(const PGresult *result) {
  return library.PQnfields(result);
}

int PQntuples(const PGresult *result) {
  return library.PQntuples(result);
}

int PQputCopyData(PGconn *connection, const char *bytes, int size) {
  return library.PQputCopyData(connection, bytes, size);
}

int PQputCopyEnd(PGconn *connection, const char *message) {
  return library.PQputCopyEnd(connection, message);
}

char *PQresultErrorMessage(const PGresult *result) {
  return library.PQresultErrorMessage(result);
}

ExecStatusType PQresultStatus(const PGresult *result) {
  return library.PQresultStatus(result);
}

int PQsendQuery(PGconn *connection, const char *query) {
  return library.PQsendQuery(connection, query);
}

int PQsendQueryParams(PGconn *connection, const char *sql, int count, const Oid *types,
                      const char *const *values, const int *lengths, const int *formats,
                      int format) {
  return library.PQsendQueryParams(connection, sql, count, types, values, lengths, formats, format);
}

int PQserverVersion(const PGconn *connection) {
  return library.PQserverVersion(connection);
}

PGVerbosity PQsetErrorVerbosity(PGconn *connection, PGVerbosity verbosity) {
  return library.PQsetErrorVerbosity(connection, verbosity);
}

PQnoticeProcessor PQsetNoticeProcessor(PGconn *connection, PQnoticeProcessor take, void *context) {
  return library.PQsetNoticeProcessor(connection, take, context);
}

int PQsetSingleRowMode(PGconn *connection) {
  return library.PQsetSingleRowMode(connection);
}

int PQsetnonblocking(PGconn *connection, int on) {
  return library.PQsetnonblocking(connection, on);
}

int PQsocket(const PGconn *connection) {
  return library.PQsocket(connection);
}

ConnStatusType PQstatus(const PGconn *connection) {
  return library.PQstatus(connection);
}

PGTransactionStatusType PQtransactionStatus(const PGconn *connection) {
  return library.PQtransactionStatus(connection);
}

#else

ets_status libpq_load(ets_error *error) {
  (void)error;
  return ETS_OK;
}

#endif
