/* What a client and its calls are made of, for the files of this folder. */
#ifndef ETS_HTTP_PRIVATE_H
#define ETS_HTTP_PRIVATE_H

#include "http/client.h"
#include "http/inflate.h"
#include "http/libcurl.h"
#include "http/patience.h"
#include "http/sockets.h"

enum { HTTP_BUFFER = 64 * 1024 }; /* holds several of the pieces that libcurl hands out */

struct ets_http {
  CURLM *multi;
  CURLSH *share;  /* TLS sessions */
  CURL *settings; /* each call starts as a copy of it */
  struct ets_sockets sockets;
  struct ets_http_call *calls;     /* that are open */
  char *proxy;                     /* without credentials, for messages too; NULL: none */
  struct ets_http_options options; /* its strings are not kept but for those above */
};

struct ets_http_call {
  struct ets_http *http;
  struct ets_http_call *next; /* of those that are open */
  CURL *easy;
  struct curl_slist *headers;
  char url[201]; /* for messages */
  const char *again;
  const char *when_slow;
  struct ets_http_tap *tap;
  struct ets_http_reply *reply;

  const char *body; /* of the request; NULL once ets_http_open() has returned */
  size_t body_size;
  size_t body_at;
  bool repeatable;
  bool wipes;     /* the answer is secret */
  bool direct;    /* not by the proxy */
  bool connected; /* a connection is there, by now */

  uint64_t header_bytes;
  int64_t content_length; /* -1: not said */
  int64_t date;           /* of the answer by the server's clock; -1: not said */
  char retry_after[64];   /* as it was said; empty: not said */
  bool in_header;         /* behind a status line */
  bool has_header;
  bool encoded; /* gzip or deflate */
  bool chunked;
  char last;           /* byte of the body as it came, chunks included */
  uint64_t raw_bytes;  /* that came so, all in all */
  uint64_t body_taken; /* of them, what was body */

  struct ets_inflater *inflater; /* NULL: not compressed */
  char *raw;                     /* as it came; HTTP_BUFFER bytes */
  size_t raw_at;
  size_t raw_size;
  char *shown;       /* what the caller has: in raw, or in the inflater's output */
  size_t handed_out; /* bytes of that */
  bool paused;
  uint64_t inflated;   /* compressed bytes that were taken */
  uint64_t body_bytes; /* handed out so far */

  struct ets_patience patience;
  int64_t begun; /* monotonic milliseconds */
  bool finished; /* libcurl is through with it */
  CURLcode code;
  ets_error error; /* why it failed; ETS_OK: it has not */
  char why[CURL_ERROR_SIZE];
};

/* --- header.c -------------------------------------------------------------------------------- */

/* Sees what comes behind the header, chunks included, before libcurl has taken it apart. */
void ets_http_take_raw(struct ets_http_call *call, const char *bytes, size_t size);

/* libcurl's callback for each header line. */
size_t ets_http_take_header(char *line, size_t one, size_t size, void *context);

/* --- send.c ---------------------------------------------------------------------------------- */

/* Sets the request: its header lines, its body and how it is sent. */
ets_status ets_http_set_request(struct ets_http_call *call, const struct ets_http_request *request,
                                ets_error *error);

/* --- drive.c --------------------------------------------------------------------------------- */

/* Goes on with all calls of the client until there is a header (`for_header`), or something to
 * read, or an end of this one, or it fails. */
ets_status ets_http_drive(struct ets_http_call *call, bool for_header);

/* libcurl's callback for what goes on before there is a connection. */
int ets_http_watch_connecting(void *context, curl_off_t all, curl_off_t came, curl_off_t all_sent,
                              curl_off_t gone);

/* libcurl's callback for the bytes of the body. */
size_t ets_http_take_body(char *bytes, size_t one, size_t size, void *context);

/* --- explain.c ------------------------------------------------------------------------------- */

/* The call's error, from what libcurl says about the transfer that ended. */
ets_status ets_http_explain(struct ets_http_call *call);

/* The call's error when there is no connection within the connect time-out. */
ets_status ets_http_explain_timeout(struct ets_http_call *call);

/* The call's error when what answers is none of HTTP/1.1. */
ets_status ets_http_explain_not_http(struct ets_http_call *call);

/* Fails the call, unless it has failed before. */
ets_status ets_http_fail(struct ets_http_call *call, ets_status status, const char *format, ...)
    ETS_PRINTF(3, 4);

/* --- trust.c, proxy.c ------------------------------------------------------------------------ */

/* Sets whom TLS connections trust. */
ets_status ets_http_set_trust(CURL *easy, const char *ca_file, ets_error *error);

/* Sets the proxy, if any; its address without credentials is left in `http`. */
ets_status ets_http_set_proxy(struct ets_http *http, const struct ets_http_options *options,
                              ets_error *error);

#endif
