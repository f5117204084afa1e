/* libpq, loaded when the first export into PostgreSQL begins rather than with the program: with
 * Kerberos, LDAP and what they need it takes longer to load than all else of a start. As with
 * libcurl in the library, its functions are called by their own names and checked as such; those
 * that are listed here are the assembler's ettrack_PQ..., in libpq.c. Without ETTRACK_PQ_FILE (a
 * static libpq) it is linked like any other library. */
#ifndef ETTRACK_SINKS_LIBPQ_H
#define ETTRACK_SINKS_LIBPQ_H

#include <etsoap/error.h>

#include <libpq-fe.h>

#ifdef ETTRACK_PQ_FILE
#define LIBPQ_MAP(X)      \
  X(PQcancel)             \
  X(PQclear)              \
  X(PQcmdStatus)          \
  X(PQconnectPoll)        \
  X(PQconnectStartParams) \
  X(PQconninfo)           \
  X(PQconninfoFree)       \
  X(PQconninfoParse)      \
  X(PQconsumeInput)       \
  X(PQerrorMessage)       \
  X(PQfinish)             \
  X(PQflush)              \
  X(PQfreeCancel)         \
  X(PQfreemem)            \
  X(PQgetCancel)          \
  X(PQgetResult)          \
  X(PQgetisnull)          \
  X(PQgetvalue)           \
  X(PQisBusy)             \
  X(PQnfields)            \
  X(PQntuples)            \
  X(PQputCopyData)        \
  X(PQputCopyEnd)         \
  X(PQresultErrorMessage) \
  X(PQresultStatus)       \
  X(PQsendQuery)          \
  X(PQsendQueryParams)    \
  X(PQserverVersion)      \
  X(PQsetErrorVerbosity)  \
  X(PQsetNoticeProcessor) \
  X(PQsetSingleRowMode)   \
  X(PQsetnonblocking)     \
  X(PQsocket)             \
  X(PQstatus)             \
  X(PQtransactionStatus)

#define LIBPQ_RENAMED(name) extern __typeof__(name) name __asm__("ettrack_" #name);
LIBPQ_MAP(LIBPQ_RENAMED)
#undef LIBPQ_RENAMED
#endif

/* Comes before any other use of libpq; does nothing the second time.
 * @return ETS_OK, ETS_E_IO when it is not there or lacks a function */
ets_status libpq_load(ets_error *error);

#endif
