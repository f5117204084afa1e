#include "http/private.h"

#include "base/secret.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct proxy {
  char *scheme;
  char *host;
  char *port;
  char *user;
  char *secret;
};

static void take_apart(struct proxy *proxy, CURLU *handle, const char *text) {
  if (curl_url_set(handle, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return;
  curl_url_get(handle, CURLUPART_SCHEME, &proxy->scheme, 0);
  curl_url_get(handle, CURLUPART_HOST, &proxy->host, 0);
  curl_url_get(handle, CURLUPART_PORT, &proxy->port, 0);
  curl_url_get(handle, CURLUPART_USER, &proxy->user, CURLU_URLDECODE);
  curl_url_get(handle, CURLUPART_PASSWORD, &proxy->secret, CURLU_URLDECODE);
}

static void wipe(char *text) {
  if (text)
    OPENSSL_cleanse(text, strlen(text));
  curl_free(text);
}

static bool is_known(const char *scheme) {
  static const char *const schemes[] = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"};
  for (size_t i = 0; scheme && i < sizeof schemes / sizeof *schemes; i++)
    if (strcmp(scheme, schemes[i]) == 0)
      return true;
  return false;
}

/* SCHEME://HOST:PORT; NULL when out of memory. */
static char *address_of(const struct proxy *proxy) {
  size_t room = strlen(proxy->scheme) + strlen(proxy->host) + strlen(proxy->port) + sizeof "://:";
  char *text = malloc(room);
  if (text)
    snprintf(text, room, "%s://%s:%s", proxy->scheme, proxy->host, proxy->port);
  return text;
}

static ets_status use(struct ets_http *http, const struct proxy *proxy, ets_error *error) {
  if (!is_known(proxy->scheme) || !proxy->host || !*proxy->host || !proxy->port)
    return ets_error_set(error, ETS_E_USAGE,
                         "the proxy is no address: expected http://[user:password@]host:port, or "
                         "https, socks4, socks4a, socks5 or socks5h in place of http");
  http->proxy = address_of(proxy);
  CURLcode code = http->proxy ? curl_easy_setopt(http->settings, CURLOPT_PROXY, http->proxy)
                              : CURLE_OUT_OF_MEMORY;
  if (code == CURLE_OK && proxy->user && *proxy->user) {
    code = curl_easy_setopt(http->settings, CURLOPT_PROXYUSERNAME, proxy->user);
    if (code == CURLE_OK)
      code = curl_easy_setopt(http->settings, CURLOPT_PROXYPASSWORD,
                              proxy->secret ? proxy->secret : "");
    curl_easy_setopt(http->settings, CURLOPT_PROXYAUTH, (long)CURLAUTH_BASIC);
  }
  return code == CURLE_OK ? ETS_OK : ets_error_set(error, ETS_E_NOMEM, "out of memory");
}

ets_status ets_http_set_proxy(struct ets_http *http, const struct ets_http_options *options,
                              ets_error *error) {
  if (!options->proxy || !*options->proxy) {
    curl_easy_setopt(http->settings, CURLOPT_PROXY, "");
    return ETS_OK;
  }
  struct proxy proxy = {0};
  CURLU *handle = curl_url();
  size_t room = strlen(options->proxy) + sizeof "http://";
  char *text = malloc(room);
  ets_status status = ETS_E_NOMEM;
  if (handle && text) {
    bool whole = strstr(options->proxy, "://");
    snprintf(text, room, "%s%s", whole ? "" : "http://", options->proxy);
    take_apart(&proxy, handle, text);
    status = use(http, &proxy, error);
  } else
    ets_error_set(error, status, "out of memory");
  if (status == ETS_OK && options->no_proxy &&
      curl_easy_setopt(http->settings, CURLOPT_NOPROXY, options->no_proxy) != CURLE_OK)
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  ets_wipe(text);
  curl_url_cleanup(handle);
  curl_free(proxy.scheme);
  curl_free(proxy.host);
  curl_free(proxy.port);
  wipe(proxy.user);
  wipe(proxy.secret);
  return status;
}
