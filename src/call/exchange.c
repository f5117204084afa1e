#include "call/exchange.h"

#include "base/clock.h"
#include "call/log_private.h"
#include "call/session_private.h"
#include "call/soap_failure.h"
#include "contract/types.h"
#include "http/trace_private.h"
#include "wire/decode.h"
#include "wire/envelope.h"

#include <stdlib.h>
#include <string.h>

/* The answer is read element by element: status and RequestID are known before the first row,
 * since that is the order the service writes them in; should one come later, it is taken then. */
struct ets_exchange {
  ets_session *session;
  const struct ets_operation *operation;
  ets_object request;
  struct ets_attempt attempt;
  struct ets_decoder decoder;
  const struct ets_type *item_type;
  char *overall_status;
  char *request_id;
  bool reading; /* an answer is in mid-air */
};

static const struct Namespace answer_namespaces[] = {
    {"SOAP-ENV", "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/*/soap-envelope",
     NULL},
    {"SOAP-ENC", NULL, NULL, NULL},
    {"xsi", "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/*/XMLSchema-instance",
     NULL},
    {"xsd", NULL, NULL, NULL},
    {"et", "http://exacttarget.com/wsdl/partnerAPI", NULL, NULL},
    {"fault", "urn:fault.partner.exacttarget.com", NULL, NULL},
    {NULL, NULL, NULL, NULL}};

static void drop(struct ets_exchange *exchange) {
  ets_session *session = exchange->session;
  soap_force_closesock(session->soap);
  ets_trace_end(session);
  session->counters.bytes_received += session->transport.received;
  exchange->reading = false;
}

static ets_status fail(struct ets_exchange *exchange, ets_status status) {
  drop(exchange);
  return status;
}

static ets_status fail_reading(struct ets_exchange *exchange) {
  return fail(exchange, ets_soap_failure(exchange->session));
}

static ets_status no_memory(struct ets_exchange *exchange) {
  return fail(exchange, ets_session_fail(exchange->session, ETS_E_NOMEM, "out of memory"));
}

/* --- the request ----------------------------------------------------------------------------- */

static ets_status carry(struct ets_exchange *exchange, const struct ets_envelope *envelope) {
  ets_session *session = exchange->session;
  struct soap *soap = session->soap;
  ets_transport_begin(&session->transport);
  session->counters.requests++;
  if (soap_begin_count(soap) ||
      ((soap->mode & SOAP_IO_LENGTH) && soap_send_raw(soap, envelope->text, envelope->size)) ||
      soap_end_count(soap) || soap_connect(soap, session->endpoint, exchange->operation->name) ||
      soap_send_raw(soap, envelope->text, envelope->size) || soap_end_send(soap))
    return fail_reading(exchange);
  return ETS_OK;
}

static ets_status send_request(struct ets_exchange *exchange) {
  ets_session *session = exchange->session;
  struct ets_credential credential;
  ets_status status = ets_session_credential(session, &credential);
  if (status == ETS_OK)
    status = ets_trace_begin(session);
  if (status != ETS_OK)
    return status;
  struct ets_envelope_parts parts = {&credential, session->timestamp, exchange->operation,
                                     exchange->request};
  struct ets_envelope envelope;
  if (!ets_envelope_write(&envelope, session->soap, &parts))
    return no_memory(exchange);
  status = carry(exchange, &envelope);
  ets_envelope_free(&envelope);
  return status;
}

/* --- the answer ------------------------------------------------------------------------------ */

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

static ets_status open_answer(struct ets_exchange *exchange) {
  ets_session *session = exchange->session;
  struct soap *soap = session->soap;
  soap_set_namespaces(soap, answer_namespaces);
  if (soap_begin_recv(soap))
    return fail_reading(exchange);
  if (!soap->local_namespaces) /* gSOAP would not know one prefix from another, and not say so */
    return no_memory(exchange);
  if (begin_envelope(session))
    return fail_reading(exchange);
  if (soap_peek_element(soap) == SOAP_OK &&
      soap_match_tag(soap, soap->tag, "SOAP-ENV:Header") == 0 && ets_decode_skip(soap))
    return fail_reading(exchange);
  if (soap_body_begin_in(soap) || soap_peek_element(soap))
    return fail_reading(exchange);
  if (!ets_decode_is(soap, exchange->operation->response))
    return fail(exchange, ets_soap_fault_receive(session));
  if (soap_element_begin_in(soap, NULL, 1, NULL))
    return fail_reading(exchange);
  exchange->reading = true;
  return ETS_OK;
}

static ets_status pause_for(ets_session *session, int64_t milliseconds) {
  if ((session->on_wait && session->on_wait(session->wait_context)) ||
      !ets_sleep(milliseconds, session->on_wait, session->wait_context))
    return ets_session_fail(session, ETS_E_ABORTED, "ended by the program");
  return ETS_OK;
}

/* The first try and, as the policy says, others. An expired token is renewed once. */
static ets_status run(struct ets_exchange *exchange) {
  ets_session *session = exchange->session;
  struct ets_attempt *attempt = &exchange->attempt;
  const char *operation = exchange->operation->name;
  bool renewed = false;
  for (;;) {
    ets_status status = pause_for(session, ets_pace_take(&session->pace));
    if (status != ETS_OK)
      return status;
    ets_log(session, ETS_LOG_REQUEST, operation, attempt->number, 0);
    int64_t sent = ets_monotonic();
    status = send_request(exchange);
    if (status == ETS_OK)
      status = open_answer(exchange);
    if (status == ETS_OK) {
      ets_log(session, ETS_LOG_ANSWER, operation, attempt->number, ets_monotonic() - sent);
      return ETS_OK;
    }
    if (status == ETS_E_EXPIRED && !renewed && ets_auth_can_renew(&session->auth)) {
      renewed = true;
      status = ets_session_renew(session);
      if (status == ETS_OK) {
        session->counters.retries++;
        continue;
      }
    }
    int64_t wait = ets_retry_after(&session->pace, attempt, &session->error, -1);
    ets_log_failure(session, wait < 0 ? ETS_LOG_FAILURE : ETS_LOG_RETRY, attempt->number,
                    wait < 0 ? 0 : wait);
    if (wait < 0)
      return status;
    status = pause_for(session, wait);
    if (status != ETS_OK)
      return status;
    attempt->number++;
    session->counters.retries++;
  }
}

ets_status ets_exchange_open(struct ets_exchange **exchange, ets_session *session,
                             const struct ets_operation *operation, ets_object request,
                             unsigned flags, struct ets_arena *arena) {
  *exchange = NULL;
  struct ets_exchange *made = calloc(1, sizeof *made);
  session->operation = operation->name;
  if (!made)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  bool harmless = operation->reads && !(flags & ETS_EXCHANGE_MOVES_MARK);
  made->session = session;
  made->operation = operation;
  made->request = request;
  made->attempt =
      (struct ets_attempt){1, ets_monotonic(), harmless || session->pace.policy.repeat_writes};
  made->decoder = (struct ets_decoder){session->soap, arena, NULL};
  made->item_type = ets_type_find("APIObject", 9);
  ets_status status = run(made);
  if (status != ETS_OK) {
    ets_exchange_close(made);
    return status;
  }
  /* An error that was got over is none. */
  session->error = (ets_error){0};
  *exchange = made;
  return ETS_OK;
}

/* Reads from behind the response element to the end of the message. */
static ets_status end(struct ets_exchange *exchange) {
  ets_session *session = exchange->session;
  struct soap *soap = session->soap;
  if (soap_body_end_in(soap) || soap_envelope_end_in(soap) || soap_end_recv(soap))
    return fail_reading(exchange);
  session->counters.bytes_received += session->transport.received;
  soap_closesock(soap);
  ets_trace_end(session);
  exchange->reading = false;
  return ETS_OK;
}

static ets_status take_text(struct ets_exchange *exchange, char **target) {
  char *text;
  if (ets_decode_text(&exchange->decoder, &text))
    return fail_reading(exchange);
  char *copy = strdup(text);
  if (!copy)
    return no_memory(exchange);
  free(*target);
  *target = copy;
  return ETS_OK;
}

/* Steps to the next item. ETS_END behind the last one. */
static ets_status step(struct ets_exchange *exchange) {
  struct soap *soap = exchange->session->soap;
  while (!soap_peek_element(soap)) {
    char **target = NULL;
    if (ets_decode_is(soap, "Results"))
      return ETS_OK;
    if (ets_decode_is(soap, "OverallStatus"))
      target = &exchange->overall_status;
    else if (ets_decode_is(soap, "RequestID"))
      target = &exchange->request_id;
    ets_status status = ETS_OK;
    if (target)
      status = take_text(exchange, target);
    else if (ets_decode_skip(soap))
      status = fail_reading(exchange);
    if (status != ETS_OK)
      return status;
  }
  if (soap->error != SOAP_NO_TAG)
    return fail_reading(exchange);
  soap->error = SOAP_OK;
  if (soap_element_end_in(soap, NULL))
    return fail_reading(exchange);
  ets_status status = end(exchange);
  return status == ETS_OK ? ETS_END : status;
}

ets_status ets_exchange_next(struct ets_exchange *exchange, ets_object *item) {
  *item = (ets_object){0};
  exchange->session->operation = exchange->operation->name;
  if (!exchange->reading)
    return exchange->session->error.status != ETS_OK ? exchange->session->error.status : ETS_END;
  ets_arena_reset(exchange->decoder.arena);
  ets_status status = step(exchange);
  if (status == ETS_OK && ets_decode_object(&exchange->decoder, exchange->item_type, item)) {
    *item = (ets_object){0};
    return fail_reading(exchange);
  }
  return status;
}

ets_status ets_exchange_whole(struct ets_exchange *exchange, ets_object *response) {
  const char *name = exchange->operation->response;
  const struct ets_type *type = ets_type_find(name, strlen(name));
  void *data = ets_arena_zalloc(exchange->decoder.arena, type->size);
  *response = (ets_object){0};
  if (!data)
    return no_memory(exchange);
  if (exchange->session->soap->body && ets_decode_members(&exchange->decoder, type, data))
    return fail_reading(exchange);
  ets_status status = end(exchange);
  if (status == ETS_OK)
    *response = (ets_object){.type = type, .data = data};
  return status;
}

const char *ets_exchange_text(const struct ets_exchange *exchange, const char *name) {
  return strcmp(name, "OverallStatus") == 0 ? exchange->overall_status
         : strcmp(name, "RequestID") == 0   ? exchange->request_id
                                            : NULL;
}

void ets_exchange_close(struct ets_exchange *exchange) {
  if (!exchange)
    return;
  if (exchange->reading)
    drop(exchange);
  free(exchange->overall_status);
  free(exchange->request_id);
  free(exchange);
}
