/* The operations whose answer is fixed. */
#include "operations/answer.h"
#include "ground/random.h"

#include <etsoap/version.h>

#include "etH.h"

int SOAP_ENV__Fault(struct soap *soap, char *code, char *string, char *actor,
                    struct SOAP_ENV__Detail *detail, struct SOAP_ENV__Code *code12,
                    struct SOAP_ENV__Reason *reason, char *node, char *role,
                    struct SOAP_ENV__Detail *detail12) {
  (void)code, (void)string, (void)actor, (void)detail, (void)code12, (void)reason, (void)node;
  (void)role, (void)detail12;
  return soap->error = SOAP_NO_METHOD;
}

#define OF_PARTNER " xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"

/* The RequestID stands between the two halves of the message. */
static int answer_fixed(struct soap *soap, const char *action, const char *before,
                        const char *after) {
  struct call *call = soap->user;
  char id[GUID_SIZE];
  random_guid(id, random_number());
  answer_begin(call, action);
  buffer_printf(call->out, "%s<RequestID>%s</RequestID>%s", before, id, after);
  answer_end(call);
  return call->out->failed ? SOAP_EOM : SOAP_STOP;
}

int __et__VersionInfo(struct soap *soap, struct _et__VersionInfoRequestMsg *request,
                      struct _et__VersionInfoResponseMsg *response) {
  static const char info[] = "<VersionInfoResponseMsg" OF_PARTNER
                             "<VersionInfo><Version>etsim " ETSOAP_VERSION_TEXT "</Version>"
                             "<VersionDate>2026-11-01T00:00:00</VersionDate>"
                             "<Notes>A stand-in on this machine, not the service.</Notes>"
                             "</VersionInfo>";
  (void)request, (void)response;
  return answer_fixed(soap, "VersionInfoResponse", info, "</VersionInfoResponseMsg>");
}

int __et__GetSystemStatus(struct soap *soap, struct _et__SystemStatusRequestMsg *request,
                          struct _et__SystemStatusResponseMsg *response) {
  static const char status[] =
      "<SystemStatusResponseMsg" OF_PARTNER "<Results><Result><StatusCode>OK</StatusCode>"
      "<StatusMessage>System Status Retrieved</StatusMessage>"
      "<SystemStatus>OK</SystemStatus></Result></Results>"
      "<OverallStatus>OK</OverallStatus>"
      "<OverallStatusMessage></OverallStatusMessage>";
  (void)request, (void)response;
  return answer_fixed(soap, "GetSystemStatusResponse", status, "</SystemStatusResponseMsg>");
}

/* Reserved by the contract: the service has never answered it with data. */
int __et__Query(struct soap *soap, struct _et__QueryRequestMsg *request,
                struct _et__QueryResponseMsg *response) {
  static const char refusal[] =
      "<QueryResponseMsg" OF_PARTNER "<OverallStatus>Error: Query is reserved for future use; use "
      "Retrieve.</OverallStatus>";
  (void)request, (void)response;
  return answer_fixed(soap, "QueryResponse", refusal, "</QueryResponseMsg>");
}
