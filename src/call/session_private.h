/* What a session is made of. Only core (session, auth, transport, call, fault, stubs) reads the
 * members about gSOAP; helpers use the arena, the error and the offset. */
#ifndef ETS_SESSION_PRIVATE_H
#define ETS_SESSION_PRIVATE_H

#include "etH.h"

#include "base/arena.h"
#include "base/secret.h"
#include "http/transport.h"

#include <etsoap/log.h>
#include <etsoap/session.h>

struct ets_pool;
struct ets_trace;

enum ets_auth_kind {
  ETS_AUTH_NONE,
  ETS_AUTH_USERNAME,
  ETS_AUTH_DIGEST,
  ETS_AUTH_TOKEN,
  ETS_AUTH_OAUTH
};

struct ets_auth {
  enum ets_auth_kind kind;
  char *username;
  char *secret;            /* password or token; OAUTH: NULL until there is a token */
  struct ets_oauth *oauth; /* OAUTH: how to get one */
  int timestamp;           /* seconds that a message claims to be valid, 0: no wsu:Timestamp */
};

/* Who is at the other end, for messages. */
struct ets_peer {
  const char *speaks;
  const char *path;
  const char *when_slow; /* advice */
};

extern const struct ets_peer ets_peer_service;

struct ets_session {
  struct soap *soap;
  char *endpoint;      /* NULL: not known before there is an OAuth token */
  bool endpoint_found; /* by OAuth, not given by the caller */
  const struct ets_peer *peer;
  char *ca_file;
  char *proxy_host;
  char *proxy_user;
  char *proxy_secret;
  bool tls; /* the context for it is set up */
  int utc_offset;
  struct ets_auth auth;
  struct ets_transport transport;
  struct ets_arena arena;   /* what the last call returned */
  struct ets_pool *results; /* what the last batch returned, NULL: nothing */
  const char *operation;    /* of the call in hand, for errors */
  void *owner;              /* the cursor that is open, NULL: none */
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

/* Whether credentials may go to this address: https, or http on loopback. `what` names it in the
 * error, "endpoint". */
ets_status ets_session_check_address(const char *what, const char *address, ets_error *error);

/* Replaces the endpoint, which passes ets_session_check_address(). NULL: not known. */
ets_status ets_session_set_endpoint(ets_session *session, const char *endpoint, ets_error *error);

/* A session without credentials for another address that is reached in the same way: authorities,
 * proxy, timeouts. It borrows from `model`, which has to outlive it. */
ets_status ets_session_new_like(ets_session **session, ets_session *model, const char *endpoint,
                                const struct ets_peer *peer, ets_error *error);

#endif
