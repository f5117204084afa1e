/** @file
 * Credentials of a session. They are copied, put on every request, wiped when replaced or when
 * the session is freed, and never logged. Each call replaces what was set before. None of these
 * functions talks to the network. */
#ifndef ETSOAP_AUTH_H
#define ETSOAP_AUTH_H

#include <etsoap/session.h>

ETS_BEGIN_DECLS

/** WS-Security UsernameToken with the password as text (PasswordText).
 * @return ETS_OK, ETS_E_USAGE when one is NULL or empty, ETS_E_NOMEM */
ETS_API ets_status ets_auth_username(ets_session *session, const char *username,
                                     const char *password) ETS_WARN_UNUSED;

/** An OAuth 2 access token, sent as `fueloauth` in the SOAP header. A token is valid in the
 * account it was made for only, for some 20 minutes; when it has expired, calls return
 * ETS_E_EXPIRED.
 * @return ETS_OK, ETS_E_USAGE when it is NULL or empty, ETS_E_NOMEM */
ETS_API ets_status ets_auth_token(ets_session *session, const char *token) ETS_WARN_UNUSED;

ETS_END_DECLS
#endif
