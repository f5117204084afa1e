#include <etsoap/auth.h>

#include "auth_private.h"

#include "wsseapi.h"

#include <string.h>

static ets_status set(ets_session *session, enum ets_auth_kind kind, const char *username,
                      const char *secret) {
  session->operation = NULL;
  char *name_copy = username ? strdup(username) : NULL;
  char *secret_copy = strdup(secret);
  if ((username && !name_copy) || !secret_copy) {
    ets_wipe(name_copy);
    ets_wipe(secret_copy);
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  }
  ets_wipe(session->auth.username);
  ets_wipe(session->auth.secret);
  session->auth = (struct ets_auth){kind, name_copy, secret_copy};
  return ETS_OK;
}

ets_status ets_auth_username(ets_session *session, const char *username, const char *password) {
  if (!username || !*username || !password || !*password)
    return ets_session_fail(session, ETS_E_USAGE,
                            "user name and password are both needed and not empty");
  return set(session, ETS_AUTH_USERNAME, username, password);
}

ets_status ets_auth_token(ets_session *session, const char *token) {
  if (!token || !*token)
    return ets_session_fail(session, ETS_E_USAGE, "the access token is empty");
  return set(session, ETS_AUTH_TOKEN, NULL, token);
}

ets_status ets_auth_apply(ets_session *session) {
  struct soap *soap = session->soap;
  soap->header = NULL;
  switch (session->auth.kind) {
  case ETS_AUTH_NONE:
    return ets_session_fail(session, ETS_E_USAGE,
                            "the session has no credentials: set a user name and password, or an "
                            "access token");
  case ETS_AUTH_USERNAME:
    if (soap_wsse_add_UsernameTokenText(soap, NULL, session->auth.username, session->auth.secret))
      break;
    return ETS_OK;
  case ETS_AUTH_TOKEN:
    soap_header(soap);
    if (!soap->header)
      break;
    soap->header->fuel__fueloauth = session->auth.secret;
    return ETS_OK;
  }
  return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
}

bool ets_auth_can_renew(const ets_session *session) {
  (void)session;
  return false;
}

ets_status ets_auth_renew(ets_session *session) {
  return session->error.status;
}
