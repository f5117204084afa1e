/* The token endpoint. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <openssl/crypto.h>

#include "service/authorize.h"
#include "common/buffer.h"
#include "ground/date.h"
#include "ground/random.h"
#include "common/escape.h"

static int refuse(struct buffer *out, int status, const char *error, const char *description) {
  buffer_printf(out,
                "{\"error\":\"%s\",\"error_description\":\"%s\",\"error_uri\":"
                "\"https://developer.salesforce.com/docs\"}",
                error, description);
  return status;
}

static bool find_client(const struct auth *auth, const char *id, const char *secret,
                        unsigned *client) {
  for (unsigned i = 0; i < auth->client_count; i++) {
    const char *expected = auth->clients[i].secret;
    if (strcmp(auth->clients[i].name, id) == 0 && strlen(expected) == strlen(secret) &&
        CRYPTO_memcmp(expected, secret, strlen(secret)) == 0) {
      *client = i;
      return true;
    }
  }
  return false;
}

/* The MID that the token is for: a number, or a string of digits as some clients send it. */
static bool read_account(const struct auth *auth, const json_t *given, int *account) {
  *account = auth->accounts[0];
  if (!given || json_is_null(given))
    return true;
  json_int_t wanted = json_is_integer(given)  ? json_integer_value(given)
                      : json_is_string(given) ? strtoll(json_string_value(given), NULL, 10)
                                              : -1;
  for (size_t i = 0; i < auth->account_count; i++)
    if (auth->accounts[i] == wanted) {
      *account = auth->accounts[i];
      return true;
    }
  return false;
}

static void issue(struct auth *auth, unsigned client, int account, char text[AUTH_TOKEN_SIZE]) {
  char guids[2][GUID_SIZE];
  random_guid(guids[0], random_number());
  random_guid(guids[1], random_number());
  size_t size = 0;
  for (size_t i = 0; i < 2 * (size_t)(GUID_SIZE - 1); i++) {
    char c = guids[i / (GUID_SIZE - 1)][i % (GUID_SIZE - 1)];
    if (c != '-')
      text[size++] = c;
  }
  text[size] = 0;
  (void)pthread_mutex_lock(&auth->lock);
  struct token *token = &auth->tokens[auth->next_token];
  auth->next_token = (auth->next_token + 1) % AUTH_TOKENS;
  *token = (struct token){
      .expires = date_now() + auth->token_lifetime, .account = account, .client = client};
  memcpy(token->text, text, size + 1);
  (void)pthread_mutex_unlock(&auth->lock);
}

/* `user`: a refresh token comes along. */
static int grant(struct auth *auth, unsigned client, const json_t *request, const char *base,
                 bool user, struct buffer *out) {
  const char *scope = json_string_value(json_object_get(request, "scope"));
  char text[AUTH_TOKEN_SIZE];
  int account;
  if (!scope)
    scope = "tracking_events_read email_read email_write email_send data_extensions_read "
            "data_extensions_write";
  if (!read_account(auth, json_object_get(request, "account_id"), &account))
    return refuse(out, 400, "invalid_request",
                  "The client does not have access to the requested account.");
  issue(auth, client, account, text);
  int64_t seconds = auth->token_lifetime / 1000;
  buffer_printf(out,
                "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%lld,"
                "\"scope\":",
                text, (long long)seconds);
  escape_json(out, scope, strlen(scope));
  char next[AUTH_TOKEN_SIZE];
  if (user && pass_new(auth, client, NULL, next))
    buffer_printf(out, ",\"refresh_token\":\"%s\"", next);
  buffer_printf(out, ",\"soap_instance_url\":\"%s/\",\"rest_instance_url\":\"%s/\"}", base, base);
  return 200;
}

/* A public app has no secret, but a code or a refresh token of a user. */
static bool find_public(const struct auth *auth, const char *id, unsigned *client) {
  for (*client = 0; *client < auth->client_count; ++*client)
    if (strcmp(auth->clients[*client].name, id) == 0)
      return true;
  return false;
}

static int grant_user(struct auth *auth, unsigned client, const json_t *request, const char *base,
                      struct buffer *out) {
  const char *code = json_string_value(json_object_get(request, "code"));
  const char *redirect = json_string_value(json_object_get(request, "redirect_uri"));
  const char *next = json_string_value(json_object_get(request, "refresh_token"));
  bool good = code ? redirect && pass_take(auth, client, redirect, code)
                   : next && pass_take(auth, client, NULL, next);
  if (!good)
    return refuse(out, 400, "invalid_grant", "The code or refresh token is not valid any more.");
  return grant(auth, client, request, base, true, out);
}

int auth_token(struct auth *auth, const char *body, const char *base, struct buffer *out) {
  json_t *request = json_loads(body, 0, NULL);
  const char *type = json_string_value(json_object_get(request, "grant_type"));
  const char *id = json_string_value(json_object_get(request, "client_id"));
  const char *secret = json_string_value(json_object_get(request, "client_secret"));
  bool by_itself = type && strcmp(type, "client_credentials") == 0;
  bool user =
      type && (strcmp(type, "authorization_code") == 0 || strcmp(type, "refresh_token") == 0);
  unsigned client = 0;
  int status;
  if (!json_is_object(request))
    status = refuse(out, 400, "invalid_request", "The body is no JSON object.");
  else if (!by_itself && !user)
    status = refuse(out, 400, "unsupported_grant_type", "There is no such grant type.");
  else if (!id || (!secret && by_itself))
    status = refuse(out, 400, "invalid_request", "client_id and client_secret are required.");
  else if (secret ? !find_client(auth, id, secret, &client) : !find_public(auth, id, &client))
    status = refuse(out, 401, "invalid_client",
                    "Invalid client ID. Use the client ID in Marketing Cloud Installed Packages.");
  else
    status = user ? grant_user(auth, client, request, base, out)
                  : grant(auth, client, request, base, false, out);
  json_decref(request);
  return status;
}
