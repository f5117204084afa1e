#include <etsoap/login.h>

#include "auth/oauth.h"
#include "call/session_private.h"

#include <string.h>

/* With other credentials, an endpoint that came with a token is not known any more. */
static ets_status replaced(ets_session *session, ets_status status, const ets_error *error) {
  if (status != ETS_OK)
    return ets_session_take(session, status, error);
  if (!session->endpoint_found)
    return ETS_OK;
  session->endpoint_found = false;
  return ets_session_set_endpoint(session, NULL, &session->error);
}

ets_status ets_auth_username(ets_session *session, const char *username, const char *password) {
  ets_error error;
  ets_session_start(session, NULL);
  return replaced(
      session,
      ets_auth_set_user(&session->auth, ETS_CREDENTIAL_USERNAME, username, password, &error),
      &error);
}

ets_status ets_auth_username_digest(ets_session *session, const char *username,
                                    const char *password) {
  ets_error error;
  ets_session_start(session, NULL);
  return replaced(
      session, ets_auth_set_user(&session->auth, ETS_CREDENTIAL_DIGEST, username, password, &error),
      &error);
}

ets_status ets_auth_timestamp(ets_session *session, int lifetime) {
  ets_session_start(session, NULL);
  if (lifetime < 0)
    return ets_session_fail(session, ETS_E_USAGE,
                            "timestamp lifetime %d: expected seconds, or 0 for no timestamp",
                            lifetime);
  session->timestamp = lifetime;
  return ETS_OK;
}

ets_status ets_auth_token(ets_session *session, const char *token) {
  ets_error error;
  ets_session_start(session, NULL);
  return replaced(session, ets_auth_set_token(&session->auth, token, &error), &error);
}

ets_status ets_auth_oauth(ets_session *session, const ets_oauth_options *options) {
  ets_error error;
  ets_session_start(session, NULL);
  return replaced(session, ets_auth_set_oauth(&session->auth, options, &error), &error);
}

bool ets_auth_token_until(const ets_session *session, ets_time *until) {
  int64_t seconds = ets_auth_expires(&session->auth);
  if (seconds == 0)
    return false;
  *until = (ets_time){.microseconds = seconds * 1000000, .zoned = true};
  return true;
}

/* Whether the session has no endpoint but the one that comes with a token. */
static bool wants_endpoint(const ets_session *session) {
  return !session->endpoint || session->endpoint_found;
}

/* Adopts the endpoint that came with a token. */
static ets_status adopt(ets_session *session, const char *endpoint, ets_error *error) {
  if (!endpoint || !wants_endpoint(session) ||
      (session->endpoint && strcmp(session->endpoint, endpoint) == 0))
    return ETS_OK;
  session->endpoint_found = true;
  return ets_session_set_endpoint(session, endpoint, error);
}

ets_status ets_session_credential(ets_session *session, struct ets_credential *credential,
                                  ets_error *error) {
  ets_status status =
      ets_auth_get(credential, &session->auth, session->http, wants_endpoint(session), error);
  if (status == ETS_OK)
    status = adopt(session, credential->endpoint, error);
  if (status == ETS_OK && !session->endpoint)
    return ets_error_set(error, ETS_E_USAGE,
                         "no endpoint: give the account's own, "
                         "https://SUBDOMAIN.soap.marketingcloudapis.com/Service.asmx");
  return status;
}

ets_status ets_session_renew(ets_session *session) {
  ets_error error;
  ets_status status =
      ets_auth_renew(&session->auth, session->http, wants_endpoint(session), &error);
  return status == ETS_OK ? ETS_OK : ets_session_take(session, status, &error);
}

/* --- users ----------------------------------------------------------------------------------- */

static ets_status check_user(ets_session *session) {
  ets_session_start(session, NULL);
  if (session->auth.oauth)
    return ETS_OK;
  return ets_session_fail(session, ETS_E_USAGE,
                          "there is no client that a user signs in to: it takes client_id, "
                          "auth_url and redirect_uri");
}

ets_status ets_login_begin(ets_session *session, const char **address) {
  ets_error error;
  *address = NULL;
  ets_status status = check_user(session);
  if (status != ETS_OK)
    return status;
  status = ets_oauth_begin(session->auth.oauth, address, &error);
  return status == ETS_OK ? ETS_OK : ets_session_take(session, status, &error);
}

ets_status ets_login_finish(ets_session *session, const char *query) {
  ets_error error;
  ets_status status = check_user(session);
  if (status != ETS_OK)
    return status;
  status = ets_oauth_finish(session->auth.oauth, session->http, query, &error);
  return status == ETS_OK ? ETS_OK : ets_session_take(session, status, &error);
}

ets_status ets_logout(ets_session *session) {
  ets_error error;
  ets_status status = check_user(session);
  if (status != ETS_OK)
    return status;
  status = ets_oauth_forget(session->auth.oauth, &error);
  return status == ETS_OK ? ETS_OK : ets_session_take(session, status, &error);
}
