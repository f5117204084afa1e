/* What a session is made of: settings and what its exchanges share. Only wire, call and the stubs
 * touch `soap`; helpers use the arena, the error and the offset. */
#ifndef ETS_SESSION_PRIVATE_H
#define ETS_SESSION_PRIVATE_H

#include "etH.h"

#include "auth/auth.h"
#include "base/arena.h"
#include "call/retry.h"
#include "http/transport.h"

#include <etsoap/log.h>
#include <etsoap/session.h>

struct ets_pool;
struct ets_session_trace;

struct ets_session {
  struct soap *soap;
  char *endpoint;      /* NULL: not known before there is an OAuth token */
  bool endpoint_found; /* by OAuth, not given by the caller */
  char *ca_file;
  char *proxy_host;
  char *proxy_user;
  char *proxy_secret;
  bool tls; /* the context for it is set up */
  bool gzip;
  const char *when_slow; /* advice; NULL: the usual one */
  int utc_offset;
  struct ets_auth auth;
  int timestamp; /* seconds that a message claims to be valid, 0: no wsu:Timestamp */
  struct ets_transport transport;
  struct ets_pace pace;
  struct ets_arena arena;          /* what the last call returned */
  struct ets_pool *results;        /* what the last batch returned, NULL: nothing */
  const char *operation;           /* of the call in hand, for errors; NULL: none */
  void *owner;                     /* the cursor that is open, NULL: none */
  struct ets_session_trace *trace; /* NULL: none */
  ets_log_sink *log;
  void *log_context;
  ets_wait_callback *on_wait; /* NULL: nobody is asked */
  void *wait_context;
  ets_error error;
  ets_counters counters;
};

/* First step of every public function: clears the error of the last one.
 * @param operation  for errors; NULL: none */
void ets_session_start(ets_session *session, const char *operation);

/* ets_error_set() on the session, with the operation in hand. */
ets_status ets_session_fail(ets_session *session, ets_status status, const char *format, ...)
    ETS_PRINTF(3, 4);

/* Makes an error the session's, with the operation in hand. Returns `status`. */
ets_status ets_session_take(ets_session *session, ets_status status, const ets_error *error);

/* Fails with what a StatusMessage or an OverallStatus of the service says.
 * @param text  NULL: nothing
 * @param code  ErrorCode, 0: none */
ets_status ets_session_refused(ets_session *session, const char *text, int code);

/* Replaces the endpoint, which passes ets_address_check(). NULL: not known. */
ets_status ets_session_set_endpoint(ets_session *session, const char *endpoint, ets_error *error);

/* The credentials of the next request, and the endpoint that may come with them. Talks to the
 * network for a token only. */
ets_status ets_session_credential(ets_session *session, struct ets_credential *credential);

/* Replaces the token that the service called expired. */
ets_status ets_session_renew(ets_session *session);

#endif
