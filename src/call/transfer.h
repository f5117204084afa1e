/* A SOAP message carried there and back: by HTTP, traced, counted. */
#ifndef ETS_TRANSFER_H
#define ETS_TRANSFER_H

#include "http/client.h"

#include <etsoap/session.h>

struct ets_trace;

struct ets_transfer {
  ets_session *session;
  const char *again;          /* of the request */
  struct ets_http_call *call; /* NULL: closed */
  struct ets_http_reply reply;
  struct ets_trace *trace; /* NULL: none */
  const char *first;       /* piece of the body, which was read to see what it is */
  size_t first_size;       /* 0: it was handed out */
};

/* What is sent, all of it borrowed. */
struct ets_transfer_request {
  const char *url;
  const char *action; /* SOAPAction, and the operation's name in traces */
  const char *body;   /* behind it a NUL */
  size_t size;
  const char *again; /* advice when the answer is lost; NULL: harmless when done twice */
};

/* Sends it, and returns when an answer begins that may be SOAP; what is none is a failure that
 * quotes it. After a failure there is nothing to close. */
ets_status ets_transfer_open(struct ets_transfer *transfer, ets_session *session,
                             const struct ets_transfer_request *request, ets_error *error);

/* Source of an answer: `transfer` is the struct ets_transfer. */
ets_status ets_transfer_read(void *transfer, const char **bytes, size_t *size, ets_error *error);

/* Judges an answer that is no fault: ETS_E_HTTP unless its HTTP status is one of success.
 * `url` names the peer. */
ets_status ets_transfer_unfaulted(const struct ets_transfer *transfer, const char *url,
                                  ets_error *error);

/* An answer that was not read to its end costs its connection. May be called again. */
void ets_transfer_close(struct ets_transfer *transfer);

#endif
