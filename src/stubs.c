#include <etsoap/stubs.h>

#include "auth_private.h"
#include "call.h"
#include "fault.h"
#include "trace_private.h"

struct soap *ets_stub_begin(ets_session *session) {
  if (ets_call_begin(session, "stub") != ETS_OK || ets_auth_apply(session) != ETS_OK ||
      ets_trace_begin(session) != ETS_OK)
    return NULL;
  ets_call_use_namespaces(session);
  ets_transport_begin(&session->transport);
  session->counters.requests++;
  return session->soap;
}

ets_status ets_stub_end(ets_session *session) {
  struct soap *soap = session->soap;
  session->operation = soap->action;
  if (soap->error)
    return ets_fault_report(session);
  session->counters.bytes_received += session->transport.received;
  ets_trace_end(session);
  return ETS_OK;
}
