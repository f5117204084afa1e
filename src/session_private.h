/* What a session is made of. Only core (session, auth, transport, call, fault, stubs) reads the
 * members about gSOAP; helpers use the arena, the error and the offset. */
#ifndef ETS_SESSION_PRIVATE_H
#define ETS_SESSION_PRIVATE_H

#include "etH.h"

#include "arena.h"
#include "transport.h"

#include <etsoap/log.h>
#include <etsoap/session.h>

struct ets_pool;
struct ets_trace;

enum ets_auth_kind { ETS_AUTH_NONE, ETS_AUTH_USERNAME, ETS_AUTH_TOKEN };

struct ets_auth {
  enum ets_auth_kind kind;
  char *username;
  char *secret; /* password or token */
};

struct ets_session {
  struct soap *soap;
  char *endpoint;
  char *ca_file;
  char *proxy_host;
  char *proxy_user;
  char *proxy_secret;
  bool tls;
  int utc_offset;
  struct ets_auth auth;
  struct ets_transport transport;
  struct ets_arena arena; /* what the last call returned */
  struct ets_pool *results; /* what the last batch returned, NULL: nothing */
  const char *operation;  /* of the call in hand, for errors */
  void *owner;            /* the cursor that is open, NULL: none */
  ets_retry retry;
  int64_t next_request; /* monotonic milliseconds: not before */
  uint64_t jitter;
  bool moves_mark; /* the Retrieve in hand is one since the last batch */
  bool gzip;
  struct ets_trace *trace; /* NULL: none */
  ets_log_sink *log;
  void *log_context;
  ets_error error;
  ets_counters counters;
};

/* ets_error_set() on the session, with the operation in hand. */
ets_status ets_session_fail(ets_session *session, ets_status status, const char *format, ...)
    ETS_PRINTF(3, 4);

/* Overwrites a secret and frees it. NULL is allowed. */
void ets_wipe(char *secret);

#endif
