/* Puts the session's credentials on the SOAP header of the next message. */
#ifndef ETS_AUTH_PRIVATE_H
#define ETS_AUTH_PRIVATE_H

#include "call/session_private.h"

/* soap_begin() or soap_end() has to come before; the header lives in gSOAP's memory. Fetches an
 * OAuth token when there is none, or when the one there is expires soon; that may be what makes
 * the session's endpoint known. */
ets_status ets_auth_apply(ets_session *session);

/* Which namespaces ets_auth_apply() uses besides wsse and fuel. */
bool ets_auth_is_token(const ets_session *session);
bool ets_auth_is_stamped(const ets_session *session);

/* Whether an expired token can be replaced by a new one. */
bool ets_auth_can_renew(const ets_session *session);

/* Replaces the token that the service called expired, in the cache too. */
ets_status ets_auth_renew(ets_session *session);

/* Wipes and frees what the session holds of credentials. */
void ets_auth_clear(struct ets_auth *auth);

#endif
