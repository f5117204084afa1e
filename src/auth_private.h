/* Puts the session's credentials on the SOAP header of the next message. */
#ifndef ETS_AUTH_PRIVATE_H
#define ETS_AUTH_PRIVATE_H

#include "session_private.h"

/* soap_begin() or soap_end() has to come before; the header lives in gSOAP's memory. */
ets_status ets_auth_apply(ets_session *session);

#endif
