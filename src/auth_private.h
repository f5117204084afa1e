/* Puts the session's credentials on the SOAP header of the next message. */
#ifndef ETS_AUTH_PRIVATE_H
#define ETS_AUTH_PRIVATE_H

#include "session_private.h"

/* soap_begin() or soap_end() has to come before; the header lives in gSOAP's memory. */
ets_status ets_auth_apply(ets_session *session);

/* Whether a token that the service calls expired can be replaced by a new one. */
bool ets_auth_can_renew(const ets_session *session);

/* Fetches a new token in place of the expired one. Talks to the network. */
ets_status ets_auth_renew(ets_session *session);

#endif
