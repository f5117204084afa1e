/* What a server is told at its start. */
#ifndef ETSIM_SERVER_SERVER_OPTIONS_H
#define ETSIM_SERVER_SERVER_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/ssl.h>

#include "faults/rules.h"
#include "net/http.h"
#include "server/log.h"

struct server_options {
  const char *host;
  const char *port;
  size_t connections; /* at once; more wait to be accepted */
  struct http_limits limits;
  SSL_CTX *tls; /* NULL: plain */
  struct rules *rules;
  struct request_log *log;
  void (*tick)(void *context); /* is called several times a second, by a thread of its own */
  void *tick_context;
  uint64_t latency, jitter; /* milliseconds before every answer, and up to so much more */
};

#endif
