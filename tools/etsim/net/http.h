/* HTTP/1.0 and 1.1, as much as a SOAP service needs. */
#ifndef ETSIM_NET_HTTP_H
#define ETSIM_NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/message.h"
#include "net/stream.h"

struct http_limits {
  size_t body;     /* bytes */
  int64_t idle;    /* milliseconds to wait for a request to begin */
  int64_t request; /* milliseconds for a request to arrive as a whole */
  int64_t answer;  /* milliseconds for an answer to be taken */
};

/* Kept over the requests of a connection; what was read ahead stays in `input`. */
struct http_connection {
  struct stream *stream;
  const struct http_limits *limits;
  struct buffer input;
  size_t used;    /* of the input */
  size_t scanned; /* of it, for the end of a head */
};

/* Waits until the first bytes of a request are there. @return false: none came */
bool http_wait(struct http_connection *connection);

/* Reads one request. @return 0, -1 when the connection is over, or the HTTP status that refuses
 * what came */
int http_read(struct http_connection *connection, struct http_request *request);
void http_request_reset(struct http_request *request);

/* Head of an answer; `length` SIZE_MAX: chunked. */
void http_head(struct buffer *out, const struct http_request *request,
               const struct http_answer *answer, size_t length, const char *more);

bool http_write(struct http_connection *connection, const struct http_request *request,
                const struct http_answer *answer);

const char *http_reason(int status);

#endif
