/* HTTP/1.1 over libcurl: one request, and its answer as a stream that the caller pulls. Knows no
 * session and no SOAP. What it guarantees:
 * - requests go to https, or to http on loopback, and nowhere else; redirects are not followed,
 *   cookies are ignored, loopback never goes through a proxy;
 * - TLS is 1.2 at least, verified against the authorities and the host name;
 * - an answer is complete only when its Content-Length or last chunk, and the end of its compressed
 *   stream, were seen; it is bounded in size, ratio and time; memory stays flat, since a caller who
 *   does not read pauses the sender;
 * - no SIGPIPE reaches the program, and its signal settings are not touched.
 * From one thread at a time; any number of clients may live side by side. */
#ifndef ETS_HTTP_CLIENT_H
#define ETS_HTTP_CLIENT_H

#include <etsoap/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Settings, trust, proxy, limits, and the connections that calls share. */
struct ets_http;

/* One request and its answer. Several may be open on a client. */
struct ets_http_call;

/* Bounds of an answer; 0: none. */
struct ets_http_limits {
  uint64_t header; /* bytes of all header lines, interim answers and trailers included */
  uint64_t body;   /* bytes after decompression */
  uint64_t ratio;  /* of decompression, looked at from 1 MiB of output on */
};

/* Times count while the client waits, not while the caller works on what was read. Strings are
 * copied; NULL or empty: none. Milliseconds, 0: for ever. */
struct ets_http_options {
  const char *ca_file;      /* PEM; replaces the system's authorities */
  const char *proxy;        /* http, https, socks4, socks4a, socks5, socks5h, with user and password
                               if it wants them; NULL: none */
  const char *no_proxy;     /* hosts that go direct; NULL: the environment's NO_PROXY */
  int64_t connect_timeout;  /* name, connection, proxy and TLS */
  int64_t send_timeout;     /* without progress */
  int64_t receive_timeout;  /* without a byte */
  int64_t total_timeout;    /* from the request's begin to the answer's end */
  uint64_t least_speed;     /* bytes a second of an answer that has begun; 0: any */
  int64_t least_speed_time; /* over so long */
  bool compression;         /* ask for compressed answers */
  bool keep_alive;          /* keep connections for the next request */
  struct ets_http_limits limits;
  /* Asked several times a second, also while nothing arrives, and when a signal came: true ends the
   * call with ETS_E_ABORTED. NULL: never. */
  bool (*aborted)(void *context);
  void *abort_context;
  /* Called when a connection is there, each time before a request goes out on it: what answers in
   * the same thread, in tests, does it then. NULL: nobody. */
  void (*connected)(void *context);
  void *connected_context;
};

/* Sees an exchange go by, one part after the other, already without chunks and compression. What a
 * proxy is told and says comes as header too. */
enum ets_http_part {
  ETS_HTTP_SENT_HEADER,
  ETS_HTTP_SENT_BODY,
  ETS_HTTP_RECEIVED_HEADER,
  ETS_HTTP_RECEIVED_BODY
};

struct ets_http_tap {
  void *context;
  void (*take)(void *context, enum ets_http_part part, const char *bytes, size_t size);
};

struct ets_http_header {
  const char *name;
  const char *value;
};

/* A POST when there is a body, a GET when there is none. Borrowed until ets_http_open() returns;
 * who has credentials in the body wipes it then. libcurl's copy is wiped here. */
struct ets_http_request {
  const char *url;                       /* what ets_http_check_url() takes */
  const struct ets_http_header *headers; /* besides Host, User-Agent, Content-Length */
  size_t header_count;
  const char *body; /* NULL: none */
  size_t body_size;
  bool repeatable;          /* harmless when done twice: see ets_http_open() */
  bool secret_answer;       /* wiped from every buffer once it was handed out */
  const char *again;        /* advice when the answer is lost or damaged; NULL: "try again" */
  const char *when_slow;    /* advice for time-outs; NULL: "try again, or raise the timeout" */
  struct ets_http_tap *tap; /* NULL: none; has to live as long as the call */
};

/* Filled as the exchange goes on, also when it fails; has to live as long as the call. */
struct ets_http_reply {
  int status;             /* of the final answer; 0: none came */
  char content_type[64];  /* lower case, without parameters; empty: none */
  char charset[32];       /* lower case; empty: none */
  int64_t retry_after_ms; /* -1: none */
  uint64_t received;      /* bytes of the answer, header included, before decompression */
  bool sent;              /* the whole request went out: it may have been carried out */
  bool complete;          /* the answer was read to its end */
};

/* Does not talk to the network; reads ca_file.
 * @param[out] http  free with ets_http_free()
 * @return ETS_OK, ETS_E_USAGE for a bad option, ETS_E_IO or ETS_E_TLS for a ca_file that cannot be
 *         read or holds no certificate, ETS_E_NOMEM */
ets_status ets_http_new(struct ets_http **http, const struct ets_http_options *options,
                        ets_error *error);

/* Closes the connections; all calls have to be closed. NULL is allowed. */
void ets_http_free(struct ets_http *http);

/* Sends the request, and returns when the header of the final answer is there, whatever its status.
 * A kept connection that turns out to be closed is opened again; once the whole request went out on
 * it, only when the request is repeatable.
 * @param[out] call  close with ets_http_close(); NULL when it failed
 * @return ETS_OK; ETS_E_USAGE for an address or header that cannot be sent; ETS_E_CONNECT when no
 *         connection comes about; ETS_E_TLS; ETS_E_HTTP when the proxy refuses; ETS_E_TIMEOUT;
 *         ETS_E_CUT; ETS_E_PROTOCOL for what is not HTTP and for an answer out of bounds;
 *         ETS_E_ABORTED; ETS_E_NOMEM. The error has no operation. */
ets_status ets_http_open(struct ets_http_call **call, struct ets_http *http,
                         const struct ets_http_request *request, struct ets_http_reply *reply,
                         ets_error *error);

/* The next bytes of the decoded body, as soon as there are any.
 * @param[out] bytes  borrowed until the next read or close
 * @param[out] size   0: the body is complete
 * @return as ets_http_open(); a call that failed fails again in the same way */
ets_status ets_http_read(struct ets_http_call *call, const char **bytes, size_t *size,
                         ets_error *error);

/* Keeps the connection for the next request when the body was read to its end, else closes that one
 * connection. NULL is allowed. */
void ets_http_close(struct ets_http_call *call);

/* Asks what `aborted` of its options says; `http` is a struct ets_http. For who waits otherwise. */
bool ets_http_is_aborted(void *http);

/* Whether credentials may go to this address: https, or http on loopback (127.0.0.0/8, ::1,
 * localhost), with a host, without user or password in it, in plain ASCII. `what` names it in the
 * error, "endpoint".
 * @return ETS_OK, ETS_E_USAGE, ETS_E_NOMEM */
ets_status ets_http_check_url(const char *what, const char *url, ets_error *error);

#endif
