/* What a session is made of: settings and what its exchanges share. Only wire, call and the stubs
 * touch `soap`; helpers use the arena, the error and the offset. */
#ifndef ETS_SESSION_PRIVATE_H
#define ETS_SESSION_PRIVATE_H

#include "auth/auth.h"
#include "base/arena.h"
#include "call/retry.h"
#include "wire/answer.h"

#include <etsoap/log.h>
#include <etsoap/session.h>

struct ets_exchange;
struct ets_http;
struct ets_pool;
struct ets_stub;
struct ets_trace_folder;
struct soap;

struct ets_session {
  struct ets_http *http;
  struct soap *soap;     /* writes requests */
  struct ets_stub *stub; /* of direct stub calls, which only the open form has; NULL: none yet */
  void (*free_stub)(struct ets_stub *stub);
  char *endpoint;      /* NULL: not known before there is an OAuth token */
  bool endpoint_found; /* by OAuth, not given by the caller */
  int utc_offset;
  struct ets_answer_limits limits;
  struct ets_auth auth;
  int timestamp; /* seconds that a message claims to be valid, 0: no wsu:Timestamp */
  struct ets_pace pace;
  struct ets_arena arena;                /* what the last plain call returned */
  struct ets_pool *results;              /* what the last batch returned, NULL: nothing */
  struct ets_exchange *kept;             /* whose last rows outlive their cursors */
  const char *operation;                 /* of the call in hand, for errors; NULL: none */
  struct ets_trace_folder *trace_folder; /* NULL: no traces */
  ets_log_sink *log;
  void *log_context;
  ets_wait_callback *on_wait; /* NULL: nobody is asked */
  void *wait_context;
  ets_error error;
  ets_error untraced; /* the first exchange whose trace is not complete; ETS_OK: none */
  ets_counters counters;
};

/* First step of every public function: clears the error of the last one.
 * @param operation  for errors; NULL: none */
void ets_session_start(ets_session *session, const char *operation);

/* ets_error_set() on the session, with the operation in hand. Here and in ets_session_take() the
 * credentials go out of the message: arguments that quote the service are not cut before, or
 * without credentials already. */
ets_status ets_session_fail(ets_session *session, ets_status status, const char *format, ...)
    ETS_PRINTF(3, 4);

/* Makes an error the session's, with the operation in hand. Returns `status`. */
ets_status ets_session_take(ets_session *session, ets_status status, const ets_error *error);

/* Fails with what a StatusMessage or an OverallStatus of the service says.
 * @param text  NULL: nothing
 * @param code  ErrorCode, 0: none */
ets_status ets_session_refused(ets_session *session, const char *text, int code);

/* A text of the service without the session's credentials, as a copy in the arena; when there is no
 * memory for it, one that says so. */
const char *ets_session_quote(const ets_session *session, struct ets_arena *arena,
                              const char *text);

/* Whether the program wants the call to end; `session` is one. */
bool ets_session_is_aborted(void *session);

/* Waits, at least long enough to ask whether the program wants the call to end: ETS_E_ABORTED. */
ets_status ets_session_pause(ets_session *session, int64_t milliseconds, ets_error *error);

/* Replaces the endpoint, which passes ets_http_check_url(). NULL: not known. */
ets_status ets_session_set_endpoint(ets_session *session, const char *endpoint, ets_error *error);

/* The credentials of the next request, and the endpoint that may come with them. Talks to the
 * network for a token only. */
ets_status ets_session_credential(ets_session *session, struct ets_credential *credential,
                                  ets_error *error);

/* Replaces the token that the service called expired. */
ets_status ets_session_renew(ets_session *session);

#endif
