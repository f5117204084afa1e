#include <etsoap/stubs.h>

#include "base/text.h"
#include "call/fault.h"
#include "call/retry.h"
#include "call/session_private.h"
#include "call/transfer.h"
#include "contract/operations.h"
#include "operations/form.h"
#include "operations/verdict.h"
#include "wire/context.h"
#include "wire/envelope.h"
#include "wire/header.h"
#include "wire/namespaces.h"
#include "wire/plain.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Where it has an address, a linker has let both forms in. */
static const void *const sealed = &ets_stubs_and_sealed_etsoap_in_one_program;

/* gSOAP writes the request and reads the answer; in between its hooks collect the one, carry it as
 * any request of the session is carried, and hand on the other as the plain XML that it reads
 * right. */
struct ets_stub {
  struct soap *soap;
  ets_session *session;
  struct ets_envelope request;
  bool carried; /* the request of the call in hand */
  struct ets_transfer transfer;
  struct ets_answer_request reading;
  struct ets_plain *plain; /* NULL: no answer */
  ets_error error;         /* of the call in hand */
};

/* A stub sends and receives with one table, so it holds what either may need. */
static const struct Namespace stub_namespaces[] = {
    {ETS_NAMESPACE_ENVELOPE}, {ETS_NAMESPACE_NO_ENCODING}, {ETS_NAMESPACE_XSI},
    {ETS_NAMESPACE_XSD},      {ETS_NAMESPACE_WSSE},        {ETS_NAMESPACE_WSU},
    {ETS_NAMESPACE_WSA},      {ETS_NAMESPACE_FUEL},        {ETS_NAMESPACE_FAULT},
    {ETS_NAMESPACE_CONTRACT}, {ETS_NAMESPACE_END}};

/* --- hooks ----------------------------------------------------------------------------------- */

/* No descriptor: gSOAP wants a number and hands it to nobody but the hooks. */
static SOAP_SOCKET open_hook(struct soap *soap, const char *endpoint, const char *host, int port) {
  (void)soap, (void)endpoint, (void)host, (void)port;
  return INT_MAX;
}

static int close_hook(struct soap *soap) {
  soap->socket = SOAP_INVALID_SOCKET;
  return SOAP_OK;
}

static int close_socket_hook(struct soap *soap, SOAP_SOCKET socket) {
  (void)soap, (void)socket;
  return 0;
}

static int shutdown_hook(struct soap *soap, SOAP_SOCKET socket, int how) {
  (void)soap, (void)socket, (void)how;
  return 0;
}

static int poll_hook(struct soap *soap) {
  (void)soap;
  return SOAP_OK;
}

static int send_hook(struct soap *soap, const char *bytes, size_t size) {
  struct ets_stub *stub = soap->user;
  bool added = ets_envelope_collect(&stub->request, soap, bytes, size);
  return added ? SOAP_OK : (soap->error = SOAP_EOM);
}

static ets_status carry(struct ets_stub *stub) {
  ets_session *session = stub->session;
  struct soap *soap = stub->soap;
  const char *action = soap->action ? soap->action : "";
  const struct ets_operation *operation = ets_operation_find(action);
  struct ets_transfer_request request = {soap->endpoint, action, stub->request.text,
                                         stub->request.size,
                                         operation && operation->reads ? NULL : ETS_FATE_UNKNOWN};
  ets_status status = ets_session_pause(session, ets_pace_take(&session->pace), &stub->error);
  if (status == ETS_OK)
    status = ets_transfer_open(&stub->transfer, session, &request, &stub->error);
  ets_envelope_free(&stub->request);
  if (status != ETS_OK)
    return status;
  struct ets_answer_source source = {&stub->transfer, ets_transfer_read};
  stub->reading = (struct ets_answer_request){.peer = soap->endpoint,
                                              .again = request.again,
                                              .charset = stub->transfer.reply.charset,
                                              .limits = session->limits};
  return ets_plain_open(&stub->plain, &source, &stub->reading, &stub->error);
}

static size_t receive_hook(struct soap *soap, char *buffer, size_t size) {
  struct ets_stub *stub = soap->user;
  if (!stub->carried) {
    stub->carried = true;
    if (carry(stub) != ETS_OK)
      stub->plain = NULL;
  }
  return stub->plain ? ets_plain_read(stub->plain, buffer, size) : 0;
}

/* --- calls ----------------------------------------------------------------------------------- */

static void drop(struct ets_stub *stub) {
  ets_plain_close(stub->plain);
  ets_transfer_close(&stub->transfer);
  ets_envelope_free(&stub->request);
  stub->plain = NULL;
  stub->carried = false;
  stub->error = (ets_error){0};
}

static void free_stub(struct ets_stub *stub) {
  drop(stub);
  ets_context_free(stub->soap);
  free(stub);
}

static struct ets_stub *make_stub(ets_session *session) {
  struct ets_stub *stub = calloc(1, sizeof *stub);
  struct soap *soap = stub ? ets_context_new() : NULL;
  if (!soap) {
    free(stub);
    return NULL;
  }
  stub->soap = soap;
  stub->session = stub->transfer.session = session;
  soap->user = stub;
  soap->fopen = open_hook;
  soap->fclose = close_hook;
  soap->fclosesocket = close_socket_hook;
  soap->fshutdownsocket = shutdown_hook;
  soap->fpoll = poll_hook;
  soap->fsend = send_hook;
  soap->frecv = receive_hook;
  soap->maxlevel = 10000; /* the session's own bounds count */
  soap->maxoccurs = 1u << 30;
  soap_set_omode(soap, SOAP_IO_BUFFER | SOAP_ENC_PLAIN);
  soap_set_imode(soap, SOAP_ENC_PLAIN);
  return stub;
}

static ets_status begin(ets_session *session, ets_error *error) {
  struct ets_credential credential;
  session->free_stub = free_stub;
  if (!session->stub)
    session->stub = make_stub(session);
  if (!session->stub)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  struct soap *soap = session->stub->soap;
  drop(session->stub);
  ets_context_clear(soap);
  ets_status status = ets_session_credential(session, &credential, error);
  if (status != ETS_OK)
    return status;
  soap_set_namespaces(soap, stub_namespaces);
  return ets_header_put(soap, &credential, session->timestamp) && soap->local_namespaces
             ? ETS_OK
             : ets_error_set(error, ETS_E_NOMEM, "out of memory");
}

struct soap *ets_stub_begin(ets_session *session) {
  ets_error error;
  ets_session_start(session, "stub");
  ets_status status =
      sealed ? ets_error_set(&error, ETS_E_USAGE,
                             "etsoap and etsoap-stubs in one program: link etsoap-stubs alone")
             : begin(session, &error);
  if (status == ETS_OK)
    return session->stub->soap;
  ets_session_take(session, status, &error);
  return NULL;
}

/* What came of reading the answer by gSOAP. */
static ets_status judge_reading(struct ets_stub *stub) {
  struct soap *soap = stub->soap;
  if (soap->error == SOAP_EOM)
    return ets_error_set(&stub->error, ETS_E_NOMEM, "out of memory");
  const char **string = soap->fault ? soap_faultstring(soap) : NULL;
  return ets_error_set(&stub->error, ETS_E_PROTOCOL,
                       "the answer of %s does not fit the generated types near <%s>: %s",
                       soap->endpoint, ets_text_name(soap->tag),
                       string && *string ? *string : "unreadable");
}

static ets_status judge_status(struct ets_stub *stub) {
  const char *overall = ets_plain_text(stub->plain, "OverallStatus");
  const char *message = ets_plain_text(stub->plain, "OverallStatusMessage");
  const struct ets_operation *operation =
      stub->soap->action ? ets_operation_find(stub->soap->action) : NULL;
  switch (ets_overall_of(overall)) {
  case ETS_OVERALL_ABSENT:
    return operation && operation->status != ETS_STATUS_NONE
               ? ets_verdict_unconfirmed(&stub->error, operation, "OverallStatus")
               : ETS_OK;
  case ETS_OVERALL_HAS_ERRORS:
    return ets_error_set(&stub->error, ETS_E_PARTIAL,
                         "the service answers %s: look at the StatusCode of each result",
                         ets_text_name(overall));
  case ETS_OVERALL_ERROR:
    return ets_fault_refused(&stub->error, message && *message ? message : overall, 0,
                             &stub->session->auth);
  default:
    return ETS_OK;
  }
}

/* What is behind the message that gSOAP has read counts as well. */
static ets_status judge(struct ets_stub *stub) {
  struct soap *soap = stub->soap;
  if (stub->error.status != ETS_OK || !stub->plain)
    return stub->error.status != ETS_OK ? stub->error.status
           : soap->error                ? judge_reading(stub)
                                        : ETS_OK;
  ets_status status = ets_plain_finish(stub->plain, &stub->error);
  if (status != ETS_OK)
    return status;
  const struct ets_soap_fault *fault = ets_plain_fault(stub->plain);
  if (fault)
    return ets_fault_report(&stub->error, fault, &stub->session->auth);
  status = ets_transfer_unfaulted(&stub->transfer, soap->endpoint, &stub->error);
  if (status != ETS_OK)
    return status;
  return soap->error ? judge_reading(stub) : judge_status(stub);
}

ets_status ets_stub_end(ets_session *session) {
  struct ets_stub *stub = session->stub;
  if (!stub)
    return ets_session_fail(session, ETS_E_USAGE, "a stub call begins with ets_stub_begin()");
  ets_session_start(session, stub->soap->action);
  ets_status status = judge(stub);
  if (status != ETS_OK) {
    if (!stub->error.http_status)
      stub->error.http_status = stub->transfer.reply.status;
    ets_session_take(session, status, &stub->error);
  }
  drop(stub);
  return status;
}
