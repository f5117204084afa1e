#include "auth/token_request.h"

#include "auth/token_answer.h"
#include "base/secret.h"
#include "http/client.h"

#include <jansson.h>

#include <openssl/crypto.h>

#include <stdlib.h>
#include <string.h>

static void wipe_json_text(json_t *text) {
  if (text)
    OPENSSL_cleanse((char *)(uintptr_t)json_string_value(text), json_string_length(text));
}

/* The body of the request. Free with ets_wipe(); NULL when out of memory. */
static char *make_body(const struct ets_token_client *client, const struct ets_token_price *price) {
  bool once = price->code || price->refresh;
  const char *type = price->code      ? "authorization_code"
                     : price->refresh ? "refresh_token"
                                      : "client_credentials";
  json_t *secrets[] = {client->secret ? json_string(client->secret) : NULL,
                       price->code ? json_string(price->code) : NULL,
                       price->refresh ? json_string(price->refresh) : NULL};
  json_t *root =
      json_pack("{s:s, s:s, s:O*, s:O*, s:O*, s:s*, s:s*, s:s*}", "grant_type", type, "client_id",
                client->id, "client_secret", secrets[0], "code", secrets[1], "refresh_token",
                secrets[2], "redirect_uri", price->code ? client->redirect_uri : NULL, "account_id",
                once ? NULL : client->account_id, "scope", client->scope);
  size_t size = root ? json_dumpb(root, NULL, 0, JSON_COMPACT) : 0;
  char *body = size ? calloc(1, size + 1) : NULL;
  if (body && json_dumpb(root, body, size, JSON_COMPACT) != size) {
    ets_wipe_bytes(body, size + 1);
    body = NULL;
  }
  json_decref(root);
  for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
    wipe_json_text(secrets[i]);
    json_decref(secrets[i]);
  }
  return body;
}

static ets_status read_text(struct ets_token_answer *answer, struct ets_http_call *call,
                            const char *url, ets_error *error) {
  const char *bytes;
  size_t size;
  for (;;) {
    ets_status status = ets_http_read(call, &bytes, &size, error);
    if (status != ETS_OK || size == 0)
      return status;
    if (size > ETS_TOKEN_ANSWER_MAX - answer->size)
      return ets_error_set(error, ETS_E_PROTOCOL,
                           "the answer of %s is too long for one of a token endpoint", url);
    memcpy(answer->text + answer->size, bytes, size);
    answer->size += size;
  }
}

static ets_status exchange(struct ets_token *token, const struct ets_token_client *client,
                           struct ets_http *http, struct ets_http_reply *reply, const char *body,
                           bool repeatable, ets_error *error) {
  static const struct ets_http_header headers[] = {{"Content-Type", "application/json"},
                                                   {"Accept", "application/json"}};
  struct ets_http_request request = {.url = client->url,
                                     .headers = headers,
                                     .header_count = sizeof headers / sizeof *headers,
                                     .body = body,
                                     .body_size = strlen(body),
                                     .repeatable = repeatable,
                                     .secret_answer = true};
  struct ets_http_call *call = NULL;
  struct ets_token_answer *answer = calloc(1, sizeof *answer);
  if (!answer)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  ets_status status = ets_http_open(&call, http, &request, reply, error);
  if (status == ETS_OK)
    status = read_text(answer, call, client->url, error);
  ets_http_close(call);
  answer->http_status = reply->status;
  answer->content_type = reply->content_type;
  answer->of_user = !repeatable;
  if (status == ETS_OK)
    status = ets_token_answer_read(token, answer, client->secret, client->url, error);
  ets_wipe_bytes(answer, sizeof *answer);
  return status;
}

ets_status ets_token_request(struct ets_token *token, const struct ets_token_client *client,
                             const struct ets_token_price *price, struct ets_http *http,
                             int64_t *retry_after, ets_error *error) {
  struct ets_http_reply reply = {.retry_after_ms = -1};
  char *body = make_body(client, price);
  *token = (struct ets_token){0};
  if (!body)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  bool repeatable = !price->code && !price->refresh; /* those are good once */
  ets_status status = exchange(token, client, http, &reply, body, repeatable, error);
  *retry_after = reply.retry_after_ms;
  ets_wipe(body);
  return status;
}
