#include "http/private.h"

#include <openssl/x509.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ets_status ets_http_fail(struct ets_http_call *call, ets_status status, const char *format, ...) {
  if (call->error.status != ETS_OK)
    return call->error.status;
  char message[sizeof call->error.message];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  ets_error_set(&call->error, status, "%s", message);
  call->error.http_status = call->reply->status;
  return status;
}

/* --- the connection -------------------------------------------------------------------------- */

static bool says(const struct ets_http_call *call, const char *text) {
  return strstr(call->why, text);
}

/* Whether the connection that failed was one to the proxy: NO_PROXY may have named the host. */
static bool is_proxied(const struct ets_http_call *call) {
#if LIBCURL_VERSION_NUM >= 0x080700
  long used = 0;
  curl_easy_getinfo(call->easy, CURLINFO_USED_PROXY, &used);
  return used;
#else
  char host[256];
  if (!call->http->proxy || call->direct)
    return false;
  const char *from = strstr(call->http->proxy, "://") + 3, *to = strrchr(call->http->proxy, ':');
  snprintf(host, sizeof host, "%.*s", (int)(to - from), from);
  return call->code != CURLE_COULDNT_CONNECT || says(call, host);
#endif
}

static ets_status unreachable(struct ets_http_call *call, const char *why) {
  if (is_proxied(call))
    return ets_http_fail(
        call, ETS_E_CONNECT,
        "cannot reach %s through the proxy %s: %s; check the proxy and the network", call->url,
        call->http->proxy, why);
  return ets_http_fail(call, ETS_E_CONNECT,
                       "cannot reach %s: %s; check the endpoint and the network", call->url, why);
}

static ets_status explain_refused(struct ets_http_call *call) {
  long error = 0;
  if (call->http->sockets.no_memory)
    return ets_http_fail(call, ETS_E_NOMEM, "out of memory");
  curl_easy_getinfo(call->easy, CURLINFO_OS_ERRNO, &error);
  return unreachable(call, error ? strerror((int)error) : "no connection");
}

ets_status ets_http_explain_timeout(struct ets_http_call *call) {
  curl_off_t named = 0;
  long connected = 0, tunnel = 0;
  char why[100];
  curl_easy_getinfo(call->easy, CURLINFO_NAMELOOKUP_TIME_T, &named);
  curl_easy_getinfo(call->easy, CURLINFO_LOCAL_PORT, &connected);
  curl_easy_getinfo(call->easy, CURLINFO_HTTP_CONNECTCODE, &tunnel);
  const char *what = !named                                  ? "the host's address was not found"
                     : !connected                            ? "no answer"
                     : is_proxied(call) && tunnel / 100 != 2 ? "the proxy made no connection"
                                                             : "the TLS handshake did not end";
  snprintf(why, sizeof why, "%s within %g s", what,
           (double)call->http->options.connect_timeout / 1000);
  return unreachable(call, why);
}

static ets_status explain_tunnel(struct ets_http_call *call, long status) {
  ets_status kind = status >= 500 ? ETS_E_CONNECT : ETS_E_HTTP;
  ets_http_fail(call, kind, "the proxy %s makes no connection to %s: HTTP %ld%s", call->http->proxy,
                call->url, status, status == 407 ? "; the proxy wants credentials" : "");
  call->error.http_status = (int)status;
  return kind;
}

/* SOCKS: libcurl's text says what the proxy answered. */
static ets_status explain_socks(struct ets_http_call *call) {
  return ets_http_fail(call, ETS_E_CONNECT, "the proxy %s makes no connection to %s: %s",
                       call->http->proxy ? call->http->proxy : "", call->url, call->why);
}

/* --- TLS ------------------------------------------------------------------------------------- */

/* What OpenSSL said to a chain of certificates; libcurl has 1 where it was not asked. */
static long verdict(const struct ets_http_call *call, CURLINFO info) {
  long verified = X509_V_OK;
  curl_easy_getinfo(call->easy, info, &verified);
  return verified == X509_V_ERR_UNSPECIFIED ? X509_V_OK : verified;
}

static ets_status explain_certificate(struct ets_http_call *call) {
  long verified = verdict(call, CURLINFO_SSL_VERIFYRESULT);
  long proxy_verified = verdict(call, CURLINFO_PROXY_SSL_VERIFYRESULT);
  const char *whom =
      proxy_verified != X509_V_OK && call->http->proxy ? call->http->proxy : call->url;
  if (proxy_verified != X509_V_OK)
    verified = proxy_verified;
  if (verified == X509_V_OK)
    return ets_http_fail(call, ETS_E_TLS,
                         "no trusted connection to %s: its certificate is for another host name; "
                         "check the endpoint",
                         whom);
  bool dated = verified == X509_V_ERR_CERT_HAS_EXPIRED || verified == X509_V_ERR_CERT_NOT_YET_VALID;
  return ets_http_fail(call, ETS_E_TLS, "no trusted connection to %s: %s; %s", whom,
                       X509_verify_cert_error_string(verified),
                       dated ? "if the date of this machine is right, its owner has to renew it"
                             : "if its certificate is signed by an authority of your own, name "
                               "that with ca_file");
}

/* What OpenSSL says comes behind codes and the names of its parts. */
static ets_status explain_handshake(struct ets_http_call *call) {
  const char *colon = strrchr(call->why, ':');
  const char *why = colon ? colon + 1 + strspn(colon + 1, " ") : call->why;
  if (says(call, "SSL_ERROR_SYSCALL") || says(call, "reset by peer") || says(call, "eof"))
    return unreachable(call, "the connection was closed during the TLS handshake");
  if (says(call, "protocol version") || says(call, "unsupported protocol"))
    return ets_http_fail(call, ETS_E_TLS,
                         "no trusted connection to %s: it speaks no TLS of version 1.2 or newer",
                         call->url);
  return ets_http_fail(call, ETS_E_TLS,
                       "no trusted connection to %s: %.100s; check that this port takes https",
                       call->url, *why ? why : "handshake failed");
}

/* --- the answer ------------------------------------------------------------------------------ */

static ets_status explain_cut(struct ets_http_call *call) {
  if (call->reply->received == 0)
    return ets_http_fail(call, ETS_E_CUT, "%s closed the connection without an answer; %s",
                         call->url, call->again);
  return ets_http_fail(call, ETS_E_CUT, "the answer of %s broke off after %llu bytes; %s",
                       call->url, (unsigned long long)call->reply->received, call->again);
}

static ets_status explain_received(struct ets_http_call *call) {
  long tunnel = 0;
  curl_easy_getinfo(call->easy, CURLINFO_HTTP_CONNECTCODE, &tunnel);
  if (!call->connected && tunnel >= 300)
    return explain_tunnel(call, tunnel);
  if (!call->connected)
    return unreachable(call, "the connection was closed before it was ready");
  if (says(call, "chunk"))
    return ets_http_fail(call, ETS_E_PROTOCOL,
                         "the answer of %s is damaged: its chunks do not fit; %s", call->url,
                         call->again);
  return explain_cut(call);
}

ets_status ets_http_explain_not_http(struct ets_http_call *call) {
  return ets_http_fail(call, ETS_E_PROTOCOL,
                       "%s does not answer in HTTP/1.1; check that it is the endpoint", call->url);
}

/* libcurl 7 takes a header line above its own bound for memory that ran out. */
static ets_status explain_memory(struct ets_http_call *call) {
  enum { LINE_MAX_OF_LIBCURL = 100 * 1024 };
  char *room = malloc(2 * LINE_MAX_OF_LIBCURL);
  bool is_line = room && call->connected && !call->has_header;
  free(room);
  return is_line ? ets_http_fail(call, ETS_E_PROTOCOL,
                                 "%s answers with a header line above %d bytes, more than can be "
                                 "read whatever max_header_bytes is; check that it is the endpoint",
                                 call->url, LINE_MAX_OF_LIBCURL)
                 : ets_http_fail(call, ETS_E_NOMEM, "out of memory");
}

ets_status ets_http_explain(struct ets_http_call *call) {
  if (call->error.status != ETS_OK)
    return call->error.status;
  switch (call->code) {
  case CURLE_COULDNT_RESOLVE_PROXY:
    return unreachable(call, "the proxy's host name is not known");
  case CURLE_COULDNT_RESOLVE_HOST:
    return unreachable(call, "the host name is not known");
  case CURLE_COULDNT_CONNECT:
    return explain_refused(call);
  case CURLE_OPERATION_TIMEDOUT:
    return ets_http_explain_timeout(call);
  case CURLE_PROXY:
    return explain_socks(call);
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CACERT_BADFILE:
    return explain_certificate(call);
  case CURLE_SSL_CONNECT_ERROR:
    return explain_handshake(call);
  case CURLE_RECV_ERROR:
    return explain_received(call);
  case CURLE_UNSUPPORTED_PROTOCOL:
  case CURLE_WEIRD_SERVER_REPLY:
    return ets_http_explain_not_http(call);
  case CURLE_OUT_OF_MEMORY:
    return explain_memory(call);
  case CURLE_ABORTED_BY_CALLBACK:
    if (call->has_header)
      return ets_http_fail(call, ETS_E_PROTOCOL, "%s answered before it had the whole request; %s",
                           call->url, call->again);
    return explain_cut(call);
  default: /* the connection broke: nothing came, half came, it cannot be sent again */
    return explain_cut(call);
  }
}
