#include "http/private.h"

#include "base/clock.h"
#include "base/signals.h"
#include "http/url.h"

#include <etsoap/version.h>

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- client ---------------------------------------------------------------------------------- */

static void set_times(CURL *easy, const struct ets_http_options *options) {
  static const int64_t for_ever = (int64_t)24 * 24 * 60 * 60 * 1000; /* libcurl takes no more */
  int64_t connect = options->connect_timeout;
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   (long)(connect > 0 && connect < for_ever ? connect : for_ever));
  curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 60L); /* seconds; the service's is 120 */
}

/* What libcurl must not do by itself: signals, redirects, cookies, .netrc, HTTP/0.9, other
 * protocols, waiting for a resolver that nobody waits for any more. */
static ets_status set_manners(CURL *easy, const struct ets_http_options *options,
                              ets_error *error) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_USERAGENT, "etsoap/" ETSOAP_VERSION_TEXT);
  if (code == CURLE_OK)
    code = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)HTTP_BUFFER);
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, options->keep_alive ? 0L : 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
  return code == CURLE_OK ? ETS_OK : ets_error_set(error, ETS_E_NOMEM, "out of memory");
}

static void set_callbacks(struct ets_http *http) {
  curl_easy_setopt(http->settings, CURLOPT_HEADERFUNCTION, ets_http_take_header);
  curl_easy_setopt(http->settings, CURLOPT_WRITEFUNCTION, ets_http_take_body);
  curl_easy_setopt(http->settings, CURLOPT_XFERINFOFUNCTION, ets_http_watch_connecting);
  curl_easy_setopt(http->settings, CURLOPT_NOPROGRESS, 0L);
  ets_sockets_watch(&http->sockets, http->settings);
}

static ets_status set_up(struct ets_http *http, const struct ets_http_options *options,
                         ets_error *error) {
  http->multi = curl_multi_init();
  http->share = curl_share_init();
  http->settings = curl_easy_init();
  if (!http->multi || !http->share || !http->settings)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  curl_share_setopt(http->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  ets_status status = set_manners(http->settings, options, error);
  if (status == ETS_OK)
    status = ets_http_set_trust(http->settings, options->ca_file, error);
  if (status == ETS_OK)
    status = ets_http_set_proxy(http, options, error);
  set_times(http->settings, options);
  set_callbacks(http);
  return status;
}

ets_status ets_http_new(struct ets_http **http, const struct ets_http_options *options,
                        ets_error *error) {
  *http = NULL;
  if (options->connect_timeout < 0 || options->send_timeout < 0 || options->receive_timeout < 0 ||
      options->total_timeout < 0 || options->least_speed_time < 0)
    return ets_error_set(error, ETS_E_USAGE, "time-outs: expected 0 or more");
  ets_status status = ets_curl_load(error);
  if (status != ETS_OK)
    return status;
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return ets_error_set(error, ETS_E_NOMEM, "libcurl cannot start: out of memory");
  struct ets_http *made = calloc(1, sizeof *made);
  if (!made) {
    curl_global_cleanup();
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  made->options = *options;
  status = set_up(made, options, error);
  if (status != ETS_OK) {
    ets_http_free(made);
    return status;
  }
  *http = made;
  return ETS_OK;
}

void ets_http_free(struct ets_http *http) {
  struct ets_signals signals;
  if (!http)
    return;
  ets_signals_hold(&signals);
  curl_multi_cleanup(http->multi);
  curl_easy_cleanup(http->settings);
  curl_share_cleanup(http->share);
  curl_global_cleanup();
  ets_signals_release(&signals);
  ets_sockets_free(&http->sockets);
  free(http->proxy);
  free(http);
}

/* --- call ------------------------------------------------------------------------------------ */

/* What has come on idle connections is no answer to what is asked next. */
static void drop_spoiled(const struct ets_http *http) {
  enum { USED_MAX = 64 };
  long ports[USED_MAX];
  size_t count = 0;
  for (const struct ets_http_call *call = http->calls; call; call = call->next) {
    if (count == USED_MAX)
      return;
    ports[count] = 0;
    curl_easy_getinfo(call->easy, CURLINFO_LOCAL_PORT, &ports[count]);
    count++;
  }
  ets_sockets_spoil(&http->sockets, ports, count);
}

static ets_status begin(struct ets_http_call *call, const struct ets_http_request *request,
                        ets_error *error) {
  struct ets_http *http = call->http;
  struct ets_url url;
  ets_status status = ets_url_parse(&url, "the address", request->url, error);
  if (status != ETS_OK)
    return status;
  call->raw = malloc(HTTP_BUFFER);
  call->easy = curl_easy_duphandle(http->settings);
  if (!call->raw || !call->easy)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  status = ets_http_set_request(call, request, error);
  if (status != ETS_OK)
    return status;
  CURL *easy = call->easy;
  call->direct = url.loopback;
  call->begun = ets_monotonic();
  CURLcode code = url.loopback ? curl_easy_setopt(easy, CURLOPT_PROXY, "") : CURLE_OK;
  curl_easy_setopt(easy, CURLOPT_SHARE, http->share);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->why);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, call);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
  drop_spoiled(http);
  if (code != CURLE_OK || curl_multi_add_handle(http->multi, easy) != CURLM_OK)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  call->next = http->calls;
  http->calls = call;
  status = ets_http_drive(call, true);
  if (status != ETS_OK && error)
    *error = call->error;
  call->body = NULL;
  return status;
}

ets_status ets_http_open(struct ets_http_call **call, struct ets_http *http,
                         const struct ets_http_request *request, struct ets_http_reply *reply,
                         ets_error *error) {
  struct ets_http_call *made = calloc(1, sizeof *made);
  *call = NULL;
  *reply = (struct ets_http_reply){.retry_after_ms = -1};
  if (!made)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  made->http = http;
  made->reply = reply;
  made->wipes = request->secret_answer;
  made->content_length = made->date = -1;
  made->again = request->again ? request->again : "try again";
  made->when_slow = request->when_slow ? request->when_slow : "try again, or raise the timeout";
  snprintf(made->url, sizeof made->url, "%s", request->url);
  ets_status status = begin(made, request, error);
  if (status != ETS_OK)
    ets_http_close(made);
  else
    *call = made;
  return status;
}

static void wipe_headers(struct curl_slist *headers) {
  for (struct curl_slist *line = headers; line; line = line->next)
    OPENSSL_cleanse(line->data, strlen(line->data));
  curl_slist_free_all(headers);
}

static void leave(struct ets_http_call *call) {
  for (struct ets_http_call **at = &call->http->calls; *at; at = &(*at)->next)
    if (*at == call) {
      *at = call->next;
      return;
    }
}

void ets_http_close(struct ets_http_call *call) {
  struct ets_signals signals;
  if (!call)
    return;
  leave(call);
  ets_signals_hold(&signals);
  if (call->easy)
    curl_multi_remove_handle(call->http->multi, call->easy);
  curl_easy_cleanup(call->easy);
  ets_signals_release(&signals);
  wipe_headers(call->headers);
  ets_inflater_free(call->inflater);
  if (call->raw)
    OPENSSL_cleanse(call->raw, call->wipes ? HTTP_BUFFER : 0);
  free(call->raw);
  free(call);
}
