#include "auth/token.h"

#include "call/fault.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
  ANSWER_MAX = 64 * 1024,
  LIFETIME_USUAL = 1080, /* seconds; for an answer that does not say */
  LIFETIME_MAX = 7 * 24 * 60 * 60
};

static const struct ets_peer token_peer = {"JSON", "/v2/token", "try again, or raise the timeout"};

void ets_token_clear(struct ets_token *token) {
  ets_wipe(token->text);
  free(token->endpoint);
  *token = (struct ets_token){0};
}

bool ets_token_is_fresh(int64_t issued, int64_t expires, int margin, int64_t now) {
  int64_t half = (expires - issued) / 2;
  return now < expires - (margin < half ? margin : half);
}

/* --- the exchange ---------------------------------------------------------------------------- */

static void wipe_json_text(json_t *text) {
  if (text)
    OPENSSL_cleanse((char *)(uintptr_t)json_string_value(text), json_string_length(text));
}

/* The body of the request. Free with ets_wipe(); NULL when out of memory. */
static char *make_body(const struct ets_oauth *oauth) {
  json_t *secret = json_string(oauth->client_secret);
  json_t *root = json_pack("{s:s, s:s, s:O, s:s*, s:s*}", "grant_type", "client_credentials",
                           "client_id", oauth->client_id, "client_secret", secret, "account_id",
                           oauth->account_id, "scope", oauth->scope);
  size_t size = root ? json_dumpb(root, NULL, 0, JSON_COMPACT) : 0;
  char *body = size ? calloc(1, size + 1) : NULL;
  if (body && json_dumpb(root, body, size, JSON_COMPACT) != size) {
    ets_wipe_bytes(body, size + 1);
    body = NULL;
  }
  json_decref(root);
  wipe_json_text(secret);
  json_decref(secret);
  return body;
}

/* gSOAP reads no body behind a status that SOAP does not use, but refusals come with 400, 401, 403
 * and say why in theirs. */
static int parse_any_status(struct soap *soap) {
  const ets_session *session = soap->user;
  int error = session->transport.parse(soap);
  if (error < 400 || error > 599)
    return error;
  soap->error = SOAP_OK;
  return SOAP_OK;
}

static bool read_body(struct soap *soap, char *body) {
  bool chunked = (soap->mode & SOAP_IO) == SOAP_IO_CHUNK;
  size_t limit = ANSWER_MAX;
  if (!chunked && soap->length > 0 && soap->length < ANSWER_MAX)
    limit = (size_t)soap->length;
  size_t size = 0;
  soap_wchar c = 0;
  while (size < limit && (c = soap_getchar(soap)) != (int)EOF)
    body[size++] = (char)c;
  body[size] = '\0';
  return size < ANSWER_MAX && (chunked || soap->length == 0 || size == limit);
}

/* Leaves the answer's body in `answer`; a failure is the session's. */
static ets_status exchange(char *answer, ets_session *session, const char *body) {
  struct soap *soap = session->soap;
  session->transport.parse = soap->fparse;
  soap->fparse = parse_any_status;
  soap_set_omode(soap, SOAP_IO_STORE);
  ets_transport_begin(&session->transport);
  if (soap_POST(soap, session->endpoint, NULL, "application/json") ||
      soap_send_raw(soap, body, strlen(body)) || soap_end_send(soap) || soap_begin_recv(soap))
    return ets_fault_report(session);
  if (!read_body(soap, answer)) {
    soap->error = SOAP_EOF;
    return ets_fault_report(session);
  }
  (void)soap_end_recv(soap);
  soap_force_closesock(soap);
  return ETS_OK;
}

/* --- the answer ------------------------------------------------------------------------------ */

/* invalid_client and the like: the credentials, not the request. */
static bool is_about_credentials(int http_status, const char *error) {
  static const char *const errors[] = {"invalid_client", "unauthorized_client", "invalid_grant",
                                       "access_denied"};
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
    if (strcmp(error, errors[i]) == 0)
      return true;
  return http_status == 401;
}

static ets_status report_refusal(ets_session *session, const json_t *answer, const char *secret) {
  int http_status = session->soap->status;
  const char *error = json_string_value(json_object_get(answer, "error"));
  const char *text = json_string_value(json_object_get(answer, "error_description"));
  if (!error)
    return ets_fault_http(session, http_status);
  ets_status status = http_status == 429                         ? ETS_E_LIMITED
                      : http_status >= 500                       ? ETS_E_UNAVAILABLE
                      : is_about_credentials(http_status, error) ? ETS_E_LOGIN
                                                                 : ETS_E_REFUSED;
  const char *advice = status == ETS_E_LIMITED       ? "ask for fewer tokens"
                       : status == ETS_E_UNAVAILABLE ? "try again later"
                       : status == ETS_E_LOGIN       ? "check client id and secret"
                                                     : "check account id and scope";
  char reason[300];
  snprintf(reason, sizeof reason, "%s%s%s", error, text ? ", " : "", text ? text : "");
  ets_secret_mask(reason, secret);
  size_t size = strlen(reason);
  while (size > 0 && strchr(". ", reason[size - 1]))
    reason[--size] = '\0';
  ets_session_fail(session, status, "the authentication service refuses: %s; %s", reason, advice);
  session->error.http_status = http_status;
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
  int64_t seconds = LIFETIME_USUAL;
  if (json_is_string(given))
    seconds = strtoll(json_string_value(given), NULL, 10);
  else if (given)
    seconds = (int64_t)json_number_value(given);
  return seconds > LIFETIME_MAX ? LIFETIME_MAX : seconds < 0 ? 0 : seconds;
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

static ets_status take_answer(struct ets_token *token, ets_session *session, const json_t *answer) {
  int64_t lifetime = lifetime_of(answer);
  const char *base = json_string_value(json_object_get(answer, "soap_instance_url"));
  ets_error error;
  if (!is_token(token->text) || lifetime == 0)
    return ets_session_fail(session, ETS_E_PROTOCOL,
                            "the answer of %s holds no %s; check that it is the address of a "
                            "token endpoint",
                            session->endpoint,
                            lifetime ? "access_token" : "lifetime (expires_in) above 0");
  if (base && *base && ets_session_check_address("soap_instance_url", base, &error) != ETS_OK)
    return ets_session_fail(session, ETS_E_PROTOCOL, "%s", error.message);
  token->endpoint = base && *base ? endpoint_at(base) : NULL;
  if (base && *base && !token->endpoint)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  token->issued = time(NULL);
  token->expires = token->issued + lifetime;
  return ETS_OK;
}

static ets_status read_answer(struct ets_token *token, ets_session *session, char *text,
                              const char *secret) {
  int http_status = session->soap->status;
  if (!ets_secret_lift(&token->text, text, "access_token"))
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  json_error_t problem;
  json_t *answer = json_loads(text, 0, &problem);
  ets_status status;
  if (!answer && !*problem.text) /* jansson has a text for all but this */
    status = ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  else if (!json_is_object(answer))
    status = ets_fault_http(session, http_status);
  else if (http_status >= 400)
    status = report_refusal(session, answer, secret);
  else
    status = take_answer(token, session, answer);
  json_decref(answer);
  return status;
}

ets_status ets_token_request(struct ets_token *token, ets_session *session, ets_error *error) {
  const struct ets_oauth *oauth = session->auth.oauth;
  ets_session *asking = NULL;
  *token = (struct ets_token){0};
  char *body = make_body(oauth);
  char *answer = malloc(ANSWER_MAX + 1);
  ets_status status = ETS_E_NOMEM;
  if (body && answer)
    status = ets_session_new_like(&asking, session, oauth->url, &token_peer, error);
  else
    ets_error_set(error, status, "out of memory");
  if (asking) {
    if (asking->soap->ctx)
      SSL_CTX_set_options(asking->soap->ctx, SSL_OP_CLEANSE_PLAINTEXT);
    status = exchange(answer, asking, body);
    if (status == ETS_OK)
      status = read_answer(token, asking, answer, oauth->client_secret);
    if (status != ETS_OK && error)
      *error = asking->error;
  }
  if (status != ETS_OK)
    ets_token_clear(token);
  ets_session_free(asking);
  ets_wipe(body);
  ets_wipe_bytes(answer, ANSWER_MAX + 1);
  return status;
}
