#include "service/service.h"

#include <stdlib.h>
#include <string.h>

#include "contract/operations.h"
#include "operations/answer.h"
#include "operations/calendar.h"
#include "service/auth.h"

#include "etH.h"

enum {
  HTTP_OK = 200,
  HTTP_ERROR = 500,
  LEVEL_LIMIT = 10000, /* the strict parser has its own */
  OCCURS_LIMIT = 40000 /* of one member: an asynchronous request has the most, 32000 objects */
};

#define TOKEN_NAMESPACE "http://exacttarget.com"

/* Only what a request may use: what the generated names refer to, and nothing that would be
 * declared on an answer. */
static const struct Namespace namespaces_known[] = {
    {"SOAP-ENV", "http://schemas.xmlsoap.org/soap/envelope/",
     "http://www.w3.org/2003/05/soap-envelope", NULL},
    {"SOAP-ENC", "http://schemas.xmlsoap.org/soap/encoding/",
     "http://www.w3.org/2003/05/soap-encoding", NULL},
    {"xsi", "http://www.w3.org/2001/XMLSchema-instance", NULL, NULL},
    {"xsd", "http://www.w3.org/2001/XMLSchema", NULL, NULL},
    {"wsu", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
     NULL, NULL},
    {"wsse", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
     NULL, NULL},
    {"wsa", "http://schemas.xmlsoap.org/ws/2004/08/addressing",
     "http://www.w3.org/2005/08/addressing", NULL},
    {"fuel", TOKEN_NAMESPACE, NULL, NULL},
    {"fault", "urn:fault.partner.exacttarget.com", NULL, NULL},
    {"et", "http://exacttarget.com/wsdl/partnerAPI", NULL, NULL},
    {NULL, NULL, NULL, NULL}};

/* Name of the first element in the body: good enough to tell which rule applies. */
static const char *body_element(const char *request, size_t *size) {
  const char *body = strstr(request, ":Body");
  if (!body)
    body = strstr(request, "<Body");
  const char *name = body ? strchr(body, '<') : NULL;
  if (name == body && name)
    name = strchr(body + 1, '<');
  if (!name)
    return NULL;
  size_t length = strcspn(++name, " \t\r\n/>");
  const char *colon = memchr(name, ':', length);
  *size = colon ? length - (size_t)(colon + 1 - name) : length;
  return colon ? colon + 1 : name;
}

const char *service_operation(const char *action, const char *request) {
  const struct ets_operation *operation = ets_operation_find(action);
  size_t size;
  const char *element = !operation && *request ? body_element(request, &size) : NULL;
  char name[64];
  if (element && size < sizeof name) {
    memcpy(name, element, size);
    name[size] = 0;
    operation = ets_operation_find(name);
  }
  return operation ? operation->name : "";
}

/* --- gSOAP reads out of memory ----------------------------------------------------- */

static size_t receive(struct soap *soap, char *bytes, size_t size) {
  struct call *call = soap->user;
  size_t rest = call->request_size - call->read;
  if (size > rest)
    size = rest;
  memcpy(bytes, call->request + call->read, size);
  call->read += size;
  return size;
}

static int no_close(struct soap *soap) {
  (void)soap;
  return SOAP_OK;
}

struct call *call_new(struct service *service) {
  struct call *call = calloc(1, sizeof *call);
  if (!call)
    return NULL;
  call->service = service;
  call->soap = soap_new2(SOAP_ENC_PLAIN | SOAP_C_UTFSTRING | SOAP_XML_TREE,
                         SOAP_ENC_PLAIN | SOAP_C_UTFSTRING | SOAP_XML_TREE);
  if (!call->soap) {
    free(call);
    return NULL;
  }
  struct soap *soap = call->soap;
  soap_set_namespaces(soap, namespaces_known);
  soap->user = call;
  soap->frecv = receive;
  soap->fclose = no_close;
  soap->maxlevel = LEVEL_LIMIT;
  soap->maxoccurs = OCCURS_LIMIT;
  return call;
}

void call_free(struct call *call) {
  if (!call)
    return;
  buffer_free(&call->rows);
  buffer_free(&call->plain);
  soap_destroy(call->soap);
  soap_end(call->soap);
  soap_free(call->soap);
  free(call);
}

/* --- one call ------------------------------------------------------------------------------- */

static void refuse_envelope(struct call *call) {
  struct soap *soap = call->soap;
  if (soap->error == SOAP_MUSTUNDERSTAND) {
    answer_fault(call, FAULT_MUST_UNDERSTAND, 0,
                 "A header that must be understood is not known to this service.");
    return;
  }
  if (soap->error == SOAP_EOM) {
    answer_fault(call, FAULT_SERVER, 2, "Out of memory.");
    return;
  }
  if (soap->error == SOAP_NO_METHOD) {
    answer_fault(call, FAULT_CLIENT, 0,
                 "The body of the envelope is no request of this service: the element's name or "
                 "its namespace is not known.");
    return;
  }
  soap_set_fault(soap);
  const char **text = soap_faultstring(soap);
  answer_unreadable(call, text && *text ? *text : "");
}

static bool check_action(struct call *call, const char *action) {
  if (!*action || ets_operation_find(action))
    return true;
  struct buffer text = {0};
  buffer_printf(&text,
                "System.Web.Services.Protocols.SoapException: Server did not recognize the value "
                "of HTTP Header SOAPAction: %.200s.",
                action);
  answer_fault(call, FAULT_CLIENT, 0, text.data ? text.data : "");
  buffer_free(&text);
  return false;
}

static void serve(struct call *call, const char *action) {
  struct soap *soap = call->soap;
  if (soap_begin_recv(soap) || soap_envelope_begin_in(soap) || soap_recv_header(soap)) {
    refuse_envelope(call);
    return;
  }
  if (soap->version == 0) {
    answer_fault(call, FAULT_CLIENT, 0, "The request is no SOAP envelope.");
    return;
  }
  if (soap->header)
    call->message_id = soap->header->wsa__MessageID;
  const char *refusal = auth_check(call->service->auth, soap, &call->caller);
  if (refusal) {
    answer_fault(call, FAULT_SECURITY, 0, refusal);
    return;
  }
  if (!check_action(call, action))
    return;
  agenda_run(call->service->world, calendar, SIZE_MAX);
  if (soap_body_begin_in(soap) || et_serve_request(soap)) {
    if (soap->error != SOAP_STOP && !call->faulted)
      refuse_envelope(call);
  }
}

/* @return whether the request can be read; the fault says why not */
static bool make_plain(struct call *call, const struct request_bytes *request) {
  struct buffer refusal = {0};
  bool done = request_read(&call->plain, request, &call->soap_version, &refusal);
  if (!done && refusal.size)
    answer_unreadable(call, buffer_text(&refusal));
  else if (!done)
    answer_fault(call, FAULT_SERVER, 2, "Out of memory.");
  buffer_free(&refusal);
  call->request = call->plain.data;
  call->request_size = call->plain.size;
  call->read = 0;
  return done;
}

int call_serve(struct call *call, const char *action, const struct request_bytes *request,
               struct buffer *out, int *soap_version) {
  struct soap *soap = call->soap;
  answer_prepare(call, *soap_version, out);
  soap_begin(soap);
  if (make_plain(call, request))
    serve(call, action);
  call->message_id = NULL;
  soap_destroy(soap);
  soap_end(soap);
  *soap_version = call->soap_version;
  return call->faulted ? HTTP_ERROR : HTTP_OK;
}
