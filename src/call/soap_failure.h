/* What gSOAP's error says about a failed exchange. */
#ifndef ETS_SOAP_FAILURE_H
#define ETS_SOAP_FAILURE_H

#include "call/session_private.h"

/* Turns the error that gSOAP holds into the session's error. */
ets_status ets_soap_failure(ets_session *session);

/* Decodes the fault that the body holds, then reports it. */
ets_status ets_soap_fault_receive(ets_session *session);

#endif
