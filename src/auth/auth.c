#include <etsoap/auth.h>

#include "auth/auth_private.h"
#include "auth/oauth_private.h"

#include <string.h>

void ets_auth_clear(struct ets_auth *auth) {
  ets_wipe(auth->username);
  ets_wipe(auth->secret);
  ets_oauth_free(auth->oauth);
  *auth = (struct ets_auth){.kind = ETS_AUTH_NONE, .timestamp = auth->timestamp};
}

/* Takes the three over. */
static ets_status replace(ets_session *session, enum ets_auth_kind kind, char *username,
                          char *secret, struct ets_oauth *oauth) {
  ets_auth_clear(&session->auth);
  session->auth.kind = kind;
  session->auth.username = username;
  session->auth.secret = secret;
  session->auth.oauth = oauth;
  if (!session->endpoint_found)
    return ETS_OK;
  session->endpoint_found = false;
  return ets_session_set_endpoint(session, NULL, &session->error);
}

static ets_status set(ets_session *session, enum ets_auth_kind kind, const char *username,
                      const char *secret) {
  char *name_copy = username ? strdup(username) : NULL;
  char *secret_copy = strdup(secret);
  if ((username && !name_copy) || !secret_copy) {
    ets_wipe(name_copy);
    ets_wipe(secret_copy);
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  }
  return replace(session, kind, name_copy, secret_copy, NULL);
}

static ets_status set_username(ets_session *session, enum ets_auth_kind kind, const char *username,
                               const char *password) {
  session->operation = NULL;
  if (!username || !*username || !password || !*password)
    return ets_session_fail(session, ETS_E_USAGE,
                            "user name and password are both needed and not empty");
  return set(session, kind, username, password);
}

ets_status ets_auth_username(ets_session *session, const char *username, const char *password) {
  return set_username(session, ETS_AUTH_USERNAME, username, password);
}

ets_status ets_auth_username_digest(ets_session *session, const char *username,
                                    const char *password) {
  return set_username(session, ETS_AUTH_DIGEST, username, password);
}

ets_status ets_auth_timestamp(ets_session *session, int lifetime) {
  session->operation = NULL;
  if (lifetime < 0)
    return ets_session_fail(session, ETS_E_USAGE,
                            "timestamp lifetime %d: expected seconds, or 0 for no timestamp",
                            lifetime);
  session->auth.timestamp = lifetime;
  return ETS_OK;
}

ets_status ets_auth_token(ets_session *session, const char *token) {
  session->operation = NULL;
  if (!token || !*token)
    return ets_session_fail(session, ETS_E_USAGE, "the access token is empty");
  return set(session, ETS_AUTH_TOKEN, NULL, token);
}

ets_status ets_auth_oauth(ets_session *session, const ets_oauth_options *options) {
  struct ets_oauth *oauth;
  ets_error error;
  session->operation = NULL;
  ets_status status = ets_oauth_new(&oauth, options, &error);
  if (status != ETS_OK)
    return ets_session_fail(session, status, "%s", error.message);
  return replace(session, ETS_AUTH_OAUTH, NULL, NULL, oauth);
}

bool ets_auth_can_renew(const ets_session *session) {
  return session->auth.kind == ETS_AUTH_OAUTH;
}

ets_status ets_auth_renew(ets_session *session) {
  return ets_oauth_renew(session);
}
