#include "auth/token_answer.h"

#include "base/mask.h"
#include "base/secret.h"
#include "http/client.h"
#include "http/refusal.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
  LIFETIME_USUAL = 1080, /* seconds; for an answer that does not say */
  LIFETIME_MAX = 7 * 24 * 60 * 60
};

/* What the answers of a token endpoint are read with. */
struct reader {
  const char *url;
  const char *secret; /* of the client */
  const char *token;  /* that came; NULL: none was found */
  struct ets_token_answer *answer;
  ets_error *error;
};

/* invalid_client and the like: the credentials, not the request. */
static bool is_about_credentials(int http_status, const char *error) {
  static const char *const errors[] = {"invalid_client", "unauthorized_client", "invalid_grant",
                                       "access_denied"};
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
    if (strcmp(error, errors[i]) == 0)
      return true;
  return http_status == 401;
}

/* Instead of JSON that says why. What is no refusal may hold a token, however it is written, and is
 * never quoted. */
static ets_status report_foreign(const struct reader *reader) {
  static const struct ets_http_peer peer = {"JSON", "/v2/token", NULL};
  struct ets_token_answer *answer = reader->answer;
  ets_mask(answer->text, reader->secret);
  struct ets_http_refusal refusal = {reader->url, answer->http_status, answer->content_type,
                                     answer->http_status >= 400 ? answer->text : ""};
  return ets_http_refused(reader->error, &peer, &refusal);
}

/* A member's text without client secret and token, before it is cut anywhere. Free it; NULL: there
 * is none, or no memory for it. */
static char *quote(const struct reader *reader, const json_t *answer, const char *member) {
  const char *text = json_string_value(json_object_get(answer, member));
  char *copy = text ? strdup(text) : NULL;
  if (copy) {
    ets_mask(copy, reader->secret);
    ets_mask(copy, reader->token);
  }
  return copy;
}

static const char *advice_of(const struct reader *reader, ets_status status, const char *error) {
  if (status == ETS_E_LIMITED)
    return "ask for fewer tokens";
  if (status == ETS_E_UNAVAILABLE)
    return "try again later";
  if (strcmp(error, "invalid_grant") == 0)
    return "a code or refresh token is good once, for a while and for its redirect_uri: sign in "
           "again (ettrack login)";
  if (status != ETS_E_LOGIN)
    return "check account id and scope";
  return reader->answer->of_user ? "check client id and secret, or sign in again (ettrack login)"
                                 : "check client id and secret";
}

static ets_status report_refusal(const struct reader *reader, const json_t *answer) {
  int http_status = reader->answer->http_status;
  const char *error = json_string_value(json_object_get(answer, "error"));
  if (!error)
    return report_foreign(reader);
  ets_status status = http_status == 429                         ? ETS_E_LIMITED
                      : http_status >= 500                       ? ETS_E_UNAVAILABLE
                      : is_about_credentials(http_status, error) ? ETS_E_LOGIN
                                                                 : ETS_E_REFUSED;
  const char *advice = advice_of(reader, status, error);
  char reason[300];
  char *code = quote(reader, answer, "error"), *text = quote(reader, answer, "error_description");
  snprintf(reason, sizeof reason, "%s%s%s", code ? code : "", text ? ", " : "", text ? text : "");
  free(code);
  free(text);
  size_t size = strlen(reason);
  while (size > 0 && strchr(". ", reason[size - 1]))
    reason[--size] = '\0';
  ets_error_set(reader->error, status, "the authentication service refuses: %s; %s", reason,
                advice);
  if (reader->error)
    reader->error->http_status = http_status;
  return status;
}

/* The endpoint below the address that the answer names; NULL when out of memory. */
static char *endpoint_at(const char *base) {
  static const char file[] = "Service.asmx";
  size_t size = strlen(base);
  bool whole = size > sizeof file && strcasecmp(base + size - (sizeof file - 1), file) == 0;
  size_t room = size + sizeof file + 1;
  char *endpoint = malloc(room);
  if (endpoint)
    snprintf(endpoint, room, "%s%s%s", base, whole || base[size - 1] == '/' ? "" : "/",
             whole ? "" : file);
  return endpoint;
}

/* Seconds; 0: the answer says what cannot be. */
static int64_t lifetime_of(const json_t *answer) {
  const json_t *given = json_object_get(answer, "expires_in");
  double seconds = LIFETIME_USUAL;
  if (json_is_string(given))
    seconds = (double)strtoll(json_string_value(given), NULL, 10);
  else if (given)
    seconds = json_number_value(given);
  /* Compared before it becomes an integer: 1e300 is none. */
  return seconds >= LIFETIME_MAX ? LIFETIME_MAX : seconds >= 1 ? (int64_t)seconds : 0;
}

/* As it goes into XML and JSON: a token has no need of anything else. */
static bool is_token(const char *text) {
  if (!text || !*text)
    return false;
  for (; *text; text++)
    if (*text <= ' ' || *text > '~' || *text == '"' || *text == '\\')
      return false;
  return true;
}

/* An endpoint that credentials must not go to. */
static ets_status report_endpoint(const struct reader *reader, const json_t *answer) {
  ets_error problem;
  char *base = quote(reader, answer, "soap_instance_url");
  bool shown = base && ets_http_check_url("soap_instance_url", base, &problem) != ETS_OK;
  free(base);
  return ets_error_set(reader->error, ETS_E_PROTOCOL, "%s",
                       shown ? problem.message
                             : "soap_instance_url is no address: expected https://HOST/PATH");
}

static ets_status take_answer(struct ets_token *token, const struct reader *reader,
                              const json_t *answer) {
  int64_t lifetime = lifetime_of(answer);
  const char *base = json_string_value(json_object_get(answer, "soap_instance_url"));
  if (!is_token(token->text) || lifetime == 0 || (token->refresh && !is_token(token->refresh)))
    return ets_error_set(reader->error, ETS_E_PROTOCOL,
                         "the answer of %s holds no %s; check that it is the address of a token "
                         "endpoint",
                         reader->url, lifetime ? "access_token" : "lifetime (expires_in) above 0");
  if (base && *base && ets_http_check_url("soap_instance_url", base, NULL) != ETS_OK)
    return report_endpoint(reader, answer);
  token->endpoint = base && *base ? endpoint_at(base) : NULL;
  if (base && *base && !token->endpoint)
    return ets_error_set(reader->error, ETS_E_NOMEM, "out of memory");
  token->issued = time(NULL);
  token->expires = token->issued + lifetime;
  return ETS_OK;
}

ets_status ets_token_answer_read(struct ets_token *token, struct ets_token_answer *answer,
                                 const char *secret, const char *url, ets_error *error) {
  struct reader reader = {url, secret, NULL, answer, error};
  *token = (struct ets_token){0};
  if (!ets_secret_lift(&token->text, answer->text, "access_token") ||
      !ets_secret_lift(&token->refresh, answer->text, "refresh_token")) {
    ets_token_clear(token);
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  reader.token = token->text;
  json_error_t problem = {0};
  bool is_text = strlen(answer->text) == answer->size;
  json_t *root = is_text ? json_loads(answer->text, 0, &problem) : NULL;
  ets_status status;
  if (is_text && !root && !*problem.text) /* jansson has a text for all but this */
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  else if (!json_is_object(root))
    status = report_foreign(&reader);
  else if (answer->http_status >= 400)
    status = report_refusal(&reader, root);
  else
    status = take_answer(token, &reader, root);
  json_decref(root);
  if (status != ETS_OK)
    ets_token_clear(token);
  return status;
}
