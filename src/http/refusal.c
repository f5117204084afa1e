#include "http/refusal.h"

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 160 };

static const char *advice_for(const struct ets_http_peer *peer, int http_status, char path[64]) {
  switch (http_status) {
  case 401:
  case 403:
    return "check the credentials, and who may call it from where";
  case 404:
    snprintf(path, 64, "check the path, it ends in %s", peer->path);
    return path;
  case 407:
    return "the proxy wants credentials";
  case 408:
    return peer->again ? peer->again : "try again";
  case 429:
    return "send fewer requests in a minute";
  default:
    return http_status < 500 ? "check the endpoint" : peer->again ? peer->again : "try again later";
  }
}

/* A page is no text: its first lines say nothing to a person. */
static bool is_page(const char *content_type, const char *text) {
  return *text == '<' || strstr(content_type, "html") || strstr(content_type, "xml");
}

/* What the body says, on one line, in front of the advice. */
static void quote(char quoted[TEXT_MAX + 8], const struct ets_http_refusal *refusal) {
  const char *text = refusal->text;
  size_t n = ets_text_trim(&text);
  *quoted = '\0';
  if (!*text || is_page(refusal->content_type, text))
    return;
  size_t shown = ets_text_cut(text, n, TEXT_MAX);
  snprintf(quoted, TEXT_MAX + 8, ": %.*s%s", (int)shown, text, shown < n ? "..." : "");
}

ets_status ets_http_refused(ets_error *error, const struct ets_http_peer *peer,
                            const struct ets_http_refusal *refusal) {
  char path[64];
  char quoted[TEXT_MAX + 8];
  const char *type = refusal->content_type;
  ets_status status = refusal->http_status == 429 ? ETS_E_LIMITED : ETS_E_HTTP;
  quote(quoted, refusal);
  ets_error_set(error, status, "%s answered HTTP %d%s%s, not %s%s; %s", refusal->url,
                refusal->http_status, *type ? " with " : "", type, peer->speaks, quoted,
                advice_for(peer, refusal->http_status, path));
  if (error)
    error->http_status = refusal->http_status;
  return status;
}
