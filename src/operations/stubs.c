#include <etsoap/stubs.h>

#include "call/call.h"
#include "call/soap_failure.h"
#include "http/trace_private.h"
#include "wire/header.h"

/* A stub sends and receives with one table, so it holds what either may need. */
static const struct Namespace stub_namespaces[] = {
    {"SOAP-ENV", "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/*/soap-envelope",
     NULL},
    {"SOAP-ENC", NULL, NULL, NULL},
    {"xsi", "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/*/XMLSchema-instance",
     NULL},
    {"xsd", "http://www.w3.org/2001/XMLSchema", "http://www.w3.org/*/XMLSchema", NULL},
    {"wsse", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
     NULL, NULL},
    {"wsu", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
     NULL, NULL},
    {"wsa", "http://schemas.xmlsoap.org/ws/2004/08/addressing", NULL, NULL},
    {"fuel", "http://exacttarget.com", NULL, NULL},
    {"fault", "urn:fault.partner.exacttarget.com", NULL, NULL},
    {"et", "http://exacttarget.com/wsdl/partnerAPI", NULL, NULL},
    {NULL, NULL, NULL, NULL}};

struct soap *ets_stub_begin(ets_session *session) {
  struct ets_credential credential;
  if (ets_call_begin(session, "stub") != ETS_OK ||
      ets_session_credential(session, &credential) != ETS_OK || ets_trace_begin(session) != ETS_OK)
    return NULL;
  if (!ets_header_put(session->soap, &credential, session->timestamp)) {
    ets_session_fail(session, ETS_E_NOMEM, "out of memory");
    return NULL;
  }
  soap_set_namespaces(session->soap, stub_namespaces);
  ets_transport_begin(&session->transport);
  session->counters.requests++;
  return session->soap;
}

ets_status ets_stub_end(ets_session *session) {
  struct soap *soap = session->soap;
  ets_status status = ETS_OK;
  session->operation = soap->action;
  if (soap->error) {
    status = ets_soap_failure(session);
    soap_force_closesock(soap);
  }
  session->counters.bytes_received += session->transport.received;
  ets_trace_end(session);
  return status;
}
