/** @file
 * A session: one endpoint, one set of credentials, connections that are kept alive, one arena. It
 * carries one plain call at a time and beside it any number of open cursors.
 * Use a session from one thread at a time; any number of sessions may live side by side. There is
 * no global state, and no call raises SIGPIPE. */
#ifndef ETSOAP_SESSION_H
#define ETSOAP_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include <etsoap/error.h>

ETS_BEGIN_DECLS

/** A session. */
typedef struct ets_session ets_session;

/** When a failed request is sent again. Tried again are: no connection, answers that break off,
 * HTTP 5xx from a gateway, and the faults 9 (maintenance), 10 (down), 13 (database), 17 (rate
 * limited). A request that changes something is sent again only when it cannot have been carried
 * out, unless repeat_writes says otherwise; a Retrieve since the last batch counts as such a
 * request. The wait before the n-th repetition is a random part of
 * min(max_delay, first_delay * 2^(n-1)). */
typedef struct ets_retry {
  int tries;          /**< How often in all; 1: never again. */
  int first_delay;    /**< Milliseconds. */
  int max_delay;      /**< Milliseconds. */
  int total_time;     /**< Milliseconds from the first try, after which no other is begun. */
  bool repeat_writes; /**< Also what may have been carried out. */
  double max_requests_per_second; /**< Paces all requests of the session; 0: no limit. */
} ets_retry;

/** The policy of a session unless told otherwise. */
#define ETS_RETRY_INIT \
  { 4, 500, 30000, 300000, false, 0 }

/** How to reach the service. Start from ETS_SESSION_OPTIONS_INIT; strings are copied. A program
 * that was compiled with version 1 of it keeps what it had; the rest is as here. */
typedef struct ets_session_options {
  unsigned version;      /**< ETS_SESSION_OPTIONS_VERSION */
  const char *endpoint;  /**< `https://SUBDOMAIN.soap.marketingcloudapis.com/Service.asmx`;
                                NULL: the one that comes with an OAuth token. */
  const char *ca_file;   /**< PEM file of trusted authorities in place of the system's; NULL: the
                                system's. */
  const char *proxy;     /**< `http://[user:password@]host:port`, or https, socks4, socks4a, socks5,
                                socks5h; NULL: none. Loopback goes direct. */
  int connect_timeout;   /**< Seconds for name, connection, proxy and TLS; 0: wait for ever. */
  int send_timeout;      /**< Seconds without progress. */
  int receive_timeout;   /**< Seconds without progress. The service gives up after some 90. */
  int keep_alive;        /**< Keep connections between calls. */
  int gzip;              /**< Ask for compressed answers. */
  int server_utc_offset; /**< Minutes; what a date without zone means. The service: -360. */
  ets_retry retry;       /**< When a failed request is sent again. */
  /* since version 2 */
  const char *no_proxy; /**< Hosts that go direct, `a.example,.b.example`, `*`: all; NULL: what the
                                environment's NO_PROXY says. */
  int total_timeout;    /**< Seconds for one request with its answer, without the time that the
                                caller takes between rows; 0: for ever. */
  int least_speed;      /**< Bytes a second, before decompression; an answer that comes slower over
                                least_speed_time is given up; 0: any. */
  int least_speed_time; /**< Seconds. */
  int64_t max_answer_bytes;    /**< Of an answer, after decompression; 0: no bound, as below. */
  int64_t max_header_bytes;    /**< Of all its HTTP header lines. */
  int max_decompression_ratio; /**< Of an answer's size to that of its compressed form. */
  int64_t max_value_bytes;     /**< Of one value. */
  int64_t max_tag_bytes;       /**< Of one start tag or comment. */
  int max_attributes;          /**< Of one start tag. */
  int max_nesting;             /**< Of elements within each other; 1 to 10,000. */
  int max_names;               /**< Of different names and namespaces in one answer. */
} ets_session_options;

/** The version member of ets_session_options. */
#define ETS_SESSION_OPTIONS_VERSION 2
/** An ets_session_options to start from. The service never meets these bounds: a page of 2,500 rows
 * has some megabytes. */
#define ETS_SESSION_OPTIONS_INIT                                                                \
  {                                                                                             \
    ETS_SESSION_OPTIONS_VERSION, 0, 0, 0, 10, 30, 100, 1, 1, -360, ETS_RETRY_INIT, 0, 3600, 16, \
        120, 1 << 30, 1 << 16, 400, 1 << 26, 1 << 16, 256, 512, 20000                           \
  }

/** What a session has done so far. */
typedef struct ets_counters {
  uint64_t requests;       /**< HTTP requests sent, retries included. */
  uint64_t retries;        /**< Requests that repeated one that failed. */
  uint64_t pages;          /**< RetrieveResponse messages, read to their end or not. */
  uint64_t rows;           /**< Results handed to the caller. */
  uint64_t bytes_received; /**< Of answers, HTTP headers included, before decompression. */
} ets_counters;

/** Makes a session. Does not talk to the network. TLS is verified (certificate and host name) and
 * is 1.2 or newer; plain http is for loopback only (127.0.0.1, ::1, localhost), since the
 * credentials would travel readable.
 * @param[out] session  free with ets_session_free()
 * @param options       without endpoint, calls work with ets_auth_oauth() only
 * @param[out] error    what is wrong, since there is no session to ask; may be NULL
 * @return ETS_OK, ETS_E_USAGE for a bad option, ETS_E_NOMEM */
ETS_API ets_status ets_session_new(ets_session **session, const ets_session_options *options,
                                   ets_error *error) ETS_WARN_UNUSED;

/** Closes the connections, wipes the credentials, frees the session and all that lives in its
 * arena. NULL is allowed. */
ETS_API void ets_session_free(ets_session *session);

/** Says whether to end a call; `context` is the one given to ets_session_on_wait(). */
typedef bool ets_wait_callback(void *context);

/** Sets a function that is asked several times a second while a call of the session works or
 * waits: for an answer that does not come, for its turn, before a repetition. Once it returns true,
 * the call ends with ETS_E_ABORTED, and so does every later one until it returns false; rows that
 * were handed out stay good. A signal does not interrupt a call, so a handler sets a flag and the
 * function returns it.
 * @param callback  called from the thread that uses the session, must not use the session; NULL:
 *                  none */
ETS_API void ets_session_on_wait(ets_session *session, ets_wait_callback *callback, void *context);

/** Detail of the session's last failure; its status is ETS_OK when the last call succeeded. Owned
 * by the session, overwritten by the next call. */
ETS_API const ets_error *ets_session_error(const ets_session *session);

/** The endpoint in use; NULL: not known before the first call with ets_auth_oauth(). Owned by the
 * session, valid until the credentials or the token change. */
ETS_API const char *ets_session_endpoint(const ets_session *session);

/** Minutes east of UTC that a date without zone is taken to be in. */
ETS_API int ets_session_utc_offset(const ets_session *session);

/** Counters since the session was made. Owned by the session, kept up to date. */
ETS_API const ets_counters *ets_session_counters(const ets_session *session);

ETS_END_DECLS
#endif
