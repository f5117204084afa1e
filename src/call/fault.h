/* What a failed exchange means to the caller. The only place that reads gSOAP's error codes,
 * SOAP faults and OverallStatus texts. */
#ifndef ETS_FAULT_H
#define ETS_FAULT_H

#include "call/session_private.h"

/* Turns the error that gSOAP holds into the session's error. */
ets_status ets_fault_report(ets_session *session);

/* Decodes the fault that the body holds, then reports it. */
ets_status ets_fault_receive(ets_session *session);

/* Fails with an HTTP answer that is not what the peer speaks. */
ets_status ets_fault_http(ets_session *session, int http_status);

/* What an OverallStatus says, told apart leniently (facts: wire 11). */
enum ets_overall { ETS_OVERALL_OK, ETS_OVERALL_MORE, ETS_OVERALL_HAS_ERRORS, ETS_OVERALL_ERROR };

enum ets_overall ets_overall_of(const char *overall_status);

/* Fails with what an `Error...` status says. */
ets_status ets_fault_refused(ets_session *session, const char *overall_status);

#endif
