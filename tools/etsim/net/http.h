/* HTTP/1.0 and 1.1, as much as a SOAP service needs. */
#ifndef ETSIM_NET_HTTP_H
#define ETSIM_NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buffer.h"
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

struct http_request {
  char method[16];
  char path[512]; /* without query */
  char query[256];
  char host[256];
  char content_type[256];
  char soap_action[256]; /* without quotes; of SOAPAction or of the content type */
  bool keep_alive;
  bool needs_host, has_host;
  bool chunked;
  bool gzipped;
  bool expects;
  bool takes_gzip;
  size_t content_length;
  bool has_length;
  struct buffer body;
};

struct http_answer {
  int status;
  const char *content_type;
  struct buffer body;
  const char *allow;   /* methods, for 405 */
  char location[1024]; /* for 302; empty: none */
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
