/* A request of HTTP, and its answer. */
#ifndef ETSIM_NET_MESSAGE_H
#define ETSIM_NET_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buffer.h"

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

/* What refuses a request before anybody has looked at what it asks for. */
enum http_refusal {
  HTTP_BAD_REQUEST = 400,
  HTTP_TIMEOUT = 408,
  HTTP_LENGTH_REQUIRED = 411,
  HTTP_TOO_LARGE = 413,
  HTTP_URI_TOO_LONG = 414,
  HTTP_UNSUPPORTED = 415,
  HTTP_EXPECTATION_FAILED = 417,
  HTTP_HEAD_TOO_LARGE = 431
};

#endif
