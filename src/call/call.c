#include "call/call.h"

#include "auth/auth_private.h"
#include "wire/decode.h"
#include "wire/encode.h"
#include "call/fault.h"
#include "call/log_private.h"
#include "call/retry.h"
#include "http/trace_private.h"

#include <string.h>

/* What an envelope uses depends on the credentials; what is not used has no URI and is not sent.
 * gSOAP wants the first four names in these places. The answer's table knows the fault besides. */
#define ENVELOPE_NAMESPACES                                                                      \
  {"SOAP-ENV", "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/*/soap-envelope", \
   NULL},                                                                                        \
      {"SOAP-ENC", NULL, NULL, NULL},                                                            \
      {"xsi", "http://www.w3.org/2001/XMLSchema-instance",                                       \
       "http://www.w3.org/*/XMLSchema-instance", NULL},                                          \
      {"xsd", NULL, NULL, NULL}, {                                                               \
    "et", "http://exacttarget.com/wsdl/partnerAPI", NULL, NULL                                   \
  }

#define WSSE_NAMESPACE                                                                           \
  {                                                                                              \
    "wsse", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd", \
        NULL, NULL                                                                               \
  }
#define WSU_NAMESPACE                                                                            \
  {                                                                                              \
    "wsu", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd", \
        NULL, NULL                                                                               \
  }
#define FUEL_NAMESPACE \
  { "fuel", "http://exacttarget.com", NULL, NULL }

static const struct Namespace username_namespaces[] = {
    ENVELOPE_NAMESPACES, WSSE_NAMESPACE, {NULL, NULL, NULL, NULL}};

static const struct Namespace stamped_username_namespaces[] = {
    ENVELOPE_NAMESPACES, WSSE_NAMESPACE, WSU_NAMESPACE, {NULL, NULL, NULL, NULL}};

static const struct Namespace token_namespaces[] = {
    ENVELOPE_NAMESPACES, FUEL_NAMESPACE, {NULL, NULL, NULL, NULL}};

static const struct Namespace stamped_token_namespaces[] = {
    ENVELOPE_NAMESPACES, FUEL_NAMESPACE, WSSE_NAMESPACE, WSU_NAMESPACE, {NULL, NULL, NULL, NULL}};

static const struct Namespace answer_namespaces[] = {
    ENVELOPE_NAMESPACES,
    {"fault", "urn:fault.partner.exacttarget.com", NULL, NULL},
    {NULL, NULL, NULL, NULL}};

static void use_namespaces(ets_session *session) {
  bool stamped = ets_auth_is_stamped(session);
  if (ets_auth_is_token(session))
    soap_set_namespaces(session->soap, stamped ? stamped_token_namespaces : token_namespaces);
  else
    soap_set_namespaces(session->soap, stamped ? stamped_username_namespaces : username_namespaces);
}

ets_status ets_call_begin(ets_session *session, const char *operation) {
  session->operation = operation;
  session->moves_mark = false;
  if (session->owner)
    return ets_session_fail(session, ETS_E_USAGE,
                            "a cursor is open on this session: close it first, or use another "
                            "session");
  soap_destroy(session->soap);
  soap_end(session->soap);
  ets_arena_reset(&session->arena);
  return ETS_OK;
}

static ets_status no_memory(ets_session *session) {
  ets_call_drop(session);
  return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
}

static int put_request(struct soap *soap, const struct ets_operation *operation,
                       const void *request) {
  const struct ets_type *type = ets_type_find(operation->request, strlen(operation->request));
  return soap_envelope_begin_out(soap) || soap_putheader(soap) || soap_body_begin_out(soap) ||
         ets_encode(soap, operation->request, type, request) || soap_body_end_out(soap) ||
         soap_envelope_end_out(soap);
}

static ets_status send_request(ets_session *session, const struct ets_operation *operation,
                               const void *request) {
  struct soap *soap = session->soap;
  soap_begin(soap);
  ets_status status = ets_auth_apply(session);
  if (status == ETS_OK)
    status = ets_trace_begin(session);
  if (status != ETS_OK)
    return status;
  ets_transport_begin(&session->transport);
  use_namespaces(session);
  if (!soap->local_namespaces)
    return no_memory(session);
  soap->encodingStyle = NULL;
  soap_serializeheader(soap);
  session->counters.requests++;
  if (soap_begin_count(soap) ||
      ((soap->mode & SOAP_IO_LENGTH) && put_request(soap, operation, request)) ||
      soap_end_count(soap) || soap_connect(soap, session->endpoint, operation->name) ||
      put_request(soap, operation, request) || soap_end_send(soap))
    return ets_fault_report(session);
  return ETS_OK;
}

/* gSOAP takes whatever goes wrong at the envelope's tag for a matter of HTTP. That memory ran out,
 * or that a good answer broke off there, is found out before. */
static int begin_envelope(ets_session *session) {
  struct soap *soap = session->soap;
  if (soap_peek_element(soap) &&
      (soap->error == SOAP_EOM ||
       (soap->error == SOAP_EOF && soap->status < 300 && session->transport.ended)))
    return soap->error;
  return soap_envelope_begin_in(soap);
}

static ets_status open_answer(ets_session *session, const struct ets_operation *operation) {
  struct soap *soap = session->soap;
  soap_set_namespaces(soap, answer_namespaces);
  if (soap_begin_recv(soap))
    return ets_fault_report(session);
  if (!soap->local_namespaces) /* gSOAP would not know one prefix from another, and not say so */
    return no_memory(session);
  if (begin_envelope(session))
    return ets_fault_report(session);
  if (soap_peek_element(soap) == SOAP_OK &&
      soap_match_tag(soap, soap->tag, "SOAP-ENV:Header") == 0 && ets_decode_skip(soap))
    return ets_fault_report(session);
  if (soap_body_begin_in(soap))
    return ets_fault_report(session);
  if (soap_peek_element(soap))
    return ets_fault_report(session);
  if (!ets_decode_is(soap, operation->response))
    return ets_fault_receive(session);
  if (soap_element_begin_in(soap, NULL, 1, NULL))
    return ets_fault_report(session);
  return ETS_OK;
}

/* The first try and, as the policy says, others. An expired token is renewed once. */
ets_status ets_call_exchange(ets_session *session, const struct ets_operation *operation,
                             const void *request) {
  struct ets_retry_state state = {1, ets_monotonic()};
  bool renewed = false;
  session->operation = operation->name;
  for (;;) {
    ets_retry_pace(session);
    ets_log(session, ETS_LOG_REQUEST, state.attempt, ETS_OK, 0);
    int64_t sent = ets_monotonic();
    ets_status status = send_request(session, operation, request);
    if (status == ETS_OK)
      status = open_answer(session, operation);
    if (status == ETS_OK) {
      ets_log(session, ETS_LOG_ANSWER, state.attempt, ETS_OK, ets_monotonic() - sent);
      return ETS_OK;
    }
    if (status == ETS_E_EXPIRED && !renewed && ets_auth_can_renew(session)) {
      renewed = true;
      status = ets_auth_renew(session);
      if (status == ETS_OK)
        continue;
    }
    if (!ets_retry_again(session, operation, &state, status))
      return status;
  }
}

ets_status ets_call_close(ets_session *session) {
  struct soap *soap = session->soap;
  if (soap_body_end_in(soap) || soap_envelope_end_in(soap) || soap_end_recv(soap))
    return ets_fault_report(session);
  session->counters.bytes_received += session->transport.received;
  soap_closesock(soap);
  ets_trace_end(session);
  return ETS_OK;
}

void ets_call_drop(ets_session *session) {
  soap_force_closesock(session->soap);
  ets_trace_end(session);
  session->counters.bytes_received += session->transport.received;
}

ets_status ets_call(ets_session *session, const struct ets_operation *operation,
                    const void *request, void **response) {
  *response = NULL;
  ets_status status = ets_call_exchange(session, operation, request);
  if (status != ETS_OK)
    return status;
  const char *name = operation->response;
  const struct ets_type *type = ets_type_find(name, strlen(name));
  struct ets_decoder decoder = {session->soap, &session->arena, NULL};
  void *data = ets_arena_zalloc(&session->arena, type->size);
  if (!data)
    return no_memory(session);
  if (session->soap->body && ets_decode_members(&decoder, type, data))
    return ets_fault_report(session);
  status = ets_call_close(session);
  if (status == ETS_OK)
    *response = data;
  return status;
}
