#include "http/url.h"

#include "base/text.h"
#include "http/client.h"
#include "http/libcurl.h"

#include <arpa/inet.h>
#include <string.h>

enum { URL_MAX = 2000 };

/* `host` as libcurl writes it: addresses in their usual form, those of IPv6 in brackets. */
static bool is_loopback(const char *host) {
  size_t size = strlen(host);
  struct in_addr four;
  struct in6_addr six;
  char address[INET6_ADDRSTRLEN];
  if (ets_text_is(host, size, "localhost"))
    return true;
  if (inet_pton(AF_INET, host, &four) == 1)
    return ntohl(four.s_addr) >> 24 == 127;
  if (*host != '[' || size < 3 || size - 2 >= sizeof address)
    return false;
  memcpy(address, host + 1, size - 2);
  address[size - 2] = '\0';
  return inet_pton(AF_INET6, address, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

/* libcurl takes one slash and three as well. */
static bool is_plain(const char *text) {
  const char *slashes = strstr(text, "://");
  if (!slashes || slashes[3] == '/')
    return false;
  for (const char *c = text; *c; c++)
    if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7F || *c == '\\')
      return false;
  return strlen(text) <= URL_MAX;
}

/* A part of the address as text, to be freed by curl_free(); NULL when there is none. */
static char *part_of(CURLU *handle, CURLUPart part) {
  char *text = NULL;
  return curl_url_get(handle, part, &text, 0) == CURLUE_OK ? text : NULL;
}

static CURLUcode take_apart(struct ets_url *url, const char *text, CURLU *handle) {
  CURLUcode code = curl_url_set(handle, CURLUPART_URL, text, CURLU_DISALLOW_USER);
  if (code != CURLUE_OK)
    return code;
  char *scheme = part_of(handle, CURLUPART_SCHEME), *host = part_of(handle, CURLUPART_HOST);
  bool web = scheme && (strcmp(scheme, "https") == 0 || strcmp(scheme, "http") == 0);
  if (!scheme || !host)
    code = CURLUE_OUT_OF_MEMORY;
  else if (!web || !*host)
    code = CURLUE_UNSUPPORTED_SCHEME;
  else
    *url = (struct ets_url){strcmp(scheme, "https") == 0, is_loopback(host)};
  curl_free(scheme);
  curl_free(host);
  return code;
}

ets_status ets_url_parse(struct ets_url *url, const char *what, const char *text,
                         ets_error *error) {
  ets_status status = ets_curl_load(error);
  if (status != ETS_OK)
    return status;
  CURLU *handle = curl_url();
  CURLUcode code = CURLUE_OUT_OF_MEMORY;
  if (handle)
    code = is_plain(text) ? take_apart(url, text, handle) : CURLUE_MALFORMED_INPUT;
  curl_url_cleanup(handle);
  if (code == CURLUE_OUT_OF_MEMORY)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  /* What stands before an @ is a password: it is not quoted. */
  if (code == CURLUE_USER_NOT_ALLOWED || (code != CURLUE_OK && strchr(text, '@')))
    return ets_error_set(error, ETS_E_USAGE,
                         "%s is no address: expected https://HOST/PATH without a user name in it",
                         what);
  if (code != CURLUE_OK)
    return ets_error_set(error, ETS_E_USAGE,
                         "%s %.200s is no address: expected https://HOST/PATH in plain ASCII", what,
                         text);
  if (url->tls || url->loopback)
    return ETS_OK;
  return ets_error_set(error, ETS_E_USAGE,
                       "%s %.200s would send the credentials readable: use https "
                       "(http is for 127.0.0.1 and localhost)",
                       what, text);
}

ets_status ets_http_check_url(const char *what, const char *url, ets_error *error) {
  struct ets_url parsed;
  return ets_url_parse(&parsed, what, url, error);
}
