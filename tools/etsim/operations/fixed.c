/* The operations whose answer is fixed, by the generated serializers. */
#include <string.h>

#include "operations/answer.h"
#include "contract/types.h"
#include "ground/random.h"

#include "etH.h"

int SOAP_ENV__Fault(struct soap *soap, char *code, char *string, char *actor,
                    struct SOAP_ENV__Detail *detail, struct SOAP_ENV__Code *code12,
                    struct SOAP_ENV__Reason *reason, char *node, char *role,
                    struct SOAP_ENV__Detail *detail12) {
  (void)code, (void)string, (void)actor, (void)detail, (void)code12, (void)reason, (void)node;
  (void)role, (void)detail12;
  return soap->error = SOAP_NO_METHOD;
}

static char ok[] = "OK";
static char nothing[] = "";

static char *request_id(struct soap *soap) {
  char *id = soap_malloc(soap, GUID_SIZE);
  if (id)
    random_guid(id, random_number());
  return id;
}

static int write_version(struct soap *soap, const void *message) {
  return soap_put__et__VersionInfoResponseMsg(soap, message, "et:VersionInfoResponseMsg", "");
}

int __et__VersionInfo(struct soap *soap, struct _et__VersionInfoRequestMsg *request,
                      struct _et__VersionInfoResponseMsg *response) {
  static char version[] = "etsim " ETSOAP_VERSION_TEXT;
  static char date[] = "2026-11-01T00:00:00";
  static char notes[] = "A stand-in on this machine, not the service.";
  struct et__VersionInfoResponse info;
  (void)request;
  soap_default_et__VersionInfoResponse(soap, &info);
  info.Version = version;
  info.VersionDate = date;
  info.Notes = notes;
  response->VersionInfo = &info;
  response->RequestID = request_id(soap);
  return answer_with(soap->user, "VersionInfoResponse", write_version, response);
}

static int write_status(struct soap *soap, const void *message) {
  return soap_put__et__SystemStatusResponseMsg(soap, message, "et:SystemStatusResponseMsg", "");
}

int __et__GetSystemStatus(struct soap *soap, struct _et__SystemStatusRequestMsg *request,
                          struct _et__SystemStatusResponseMsg *response) {
  static char retrieved[] = "System Status Retrieved";
  struct et__SystemStatusResult result;
  struct _et__SystemStatusResponseMsg_Results results = {0};
  (void)request;
  soap_default_et__SystemStatusResult(soap, &result);
  result.StatusCode = ok;
  result.StatusMessage = retrieved;
  result.SystemStatus = et__SystemStatusType__OK;
  results.__sizeResult = 1;
  results.Result = &result;
  response->Results = &results;
  response->OverallStatus = ok;
  response->OverallStatusMessage = nothing;
  response->RequestID = request_id(soap);
  return answer_with(soap->user, "GetSystemStatusResponse", write_status, response);
}

/* Older contracts repeat Results itself, newer ones an ExtractResult inside of one Results: so this
 * answer is not written by the generated serializer, which knows but one of them. */
static bool is_wrapped(void) {
  const struct ets_type *message = ets_type_find("ExtractResponseMsg", 18);
  const struct ets_field *results = message ? ets_type_field(message, "Results", 7) : NULL;
  return !results || !results->type || strcmp(results->type->name, "ExtractResult") != 0;
}

int __et__Extract(struct soap *soap, struct _et__ExtractRequestMsg *request,
                  struct _et__ExtractResponseMsg *unused) {
  struct call *call = soap->user;
  struct buffer *out = call->out;
  bool wrapped = is_wrapped();
  const char *element = wrapped ? "ExtractResult" : "Results";
  char id[GUID_SIZE];
  (void)unused;
  random_guid(id, random_number());
  answer_begin(call, "ExtractResponse");
  buffer_printf(out,
                "<ExtractResponseMsg xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"
                "<OverallStatus>OK</OverallStatus><RequestID>%s</RequestID>%s",
                id, wrapped ? "<Results>" : "");
  for (int i = 0; request && i < request->__sizeRequests; i++) {
    random_guid(id, random_number());
    buffer_printf(out,
                  "<%s><StatusCode>OK</StatusCode><StatusMessage>Extract request accepted; this "
                  "stand-in writes no file.</StatusMessage><OrdinalID>%d</OrdinalID>"
                  "<RequestID>%s</RequestID></%s>",
                  element, i, id, element);
  }
  buffer_add_text(out, wrapped ? "</Results></ExtractResponseMsg>" : "</ExtractResponseMsg>");
  answer_end(call);
  return out->failed ? SOAP_EOM : SOAP_STOP;
}

static int write_query(struct soap *soap, const void *message) {
  return soap_put__et__QueryResponseMsg(soap, message, "et:QueryResponseMsg", "");
}

/* Reserved by the contract: the service has never answered it with data. */
int __et__Query(struct soap *soap, struct _et__QueryRequestMsg *request,
                struct _et__QueryResponseMsg *response) {
  static char refused[] = "Error: Query is reserved for future use; use Retrieve.";
  (void)request;
  response->OverallStatus = refused;
  response->RequestID = request_id(soap);
  return answer_with(soap->user, "QueryResponse", write_query, response);
}
