#include "call/exchange.h"

#include "base/clock.h"
#include "call/fault.h"
#include "call/log_private.h"
#include "call/session_private.h"
#include "call/transfer.h"
#include "contract/types.h"
#include "wire/answer.h"
#include "wire/context.h"
#include "wire/envelope.h"

#include <stdlib.h>
#include <string.h>

struct ets_exchange {
  ets_session *session;
  const struct ets_operation *operation;
  ets_object request;
  struct ets_attempt attempt;
  int64_t retry_after; /* milliseconds that the peer asks for; -1: it does not */
  struct ets_transfer transfer;
  struct ets_answer_request reading;
  struct ets_answer *answer;
  struct ets_exchange *next_kept;
  char *peer; /* the endpoint that was asked, which the session may replace */
};

/* What a Retrieve since the last batch answered, the service does not answer again. */
#define BATCH_LOST "what it told is not new any more: ask for the last batch once more"

static void drop(struct ets_exchange *exchange) {
  ets_answer_close(exchange->answer);
  exchange->answer = NULL;
  ets_transfer_close(&exchange->transfer);
}

/* --- one try --------------------------------------------------------------------------------- */

static ets_status send_request(struct ets_exchange *exchange, ets_error *error) {
  ets_session *session = exchange->session;
  struct ets_credential credential;
  struct ets_envelope envelope;
  ets_status status = ets_session_credential(session, &credential, error);
  exchange->retry_after = ets_auth_retry_after(&session->auth);
  if (status != ETS_OK)
    return status;
  free(exchange->peer);
  exchange->peer = strdup(session->endpoint);
  struct ets_envelope_parts parts = {&credential, session->timestamp, exchange->operation,
                                     exchange->request};
  if (!exchange->peer || !ets_envelope_write(&envelope, session->soap, &parts))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  struct ets_transfer_request request = {exchange->peer, exchange->operation->name, envelope.text,
                                         envelope.size, exchange->reading.again};
  status = ets_transfer_open(&exchange->transfer, session, &request, error);
  exchange->retry_after = exchange->transfer.reply.retry_after_ms;
  ets_envelope_free(&envelope);
  return status;
}

static ets_status read_fault(struct ets_exchange *exchange, ets_error *error) {
  const struct ets_soap_fault *fault = ets_answer_fault(exchange->answer);
  return fault ? ets_fault_report(error, fault, &exchange->session->auth)
               : ets_transfer_unfaulted(&exchange->transfer, exchange->peer, error);
}

static ets_status open_answer(struct ets_exchange *exchange, ets_error *error) {
  struct ets_answer_source source = {&exchange->transfer, ets_transfer_read};
  ets_arena_reset(exchange->reading.arena);
  exchange->reading.peer = exchange->peer;
  exchange->reading.charset = exchange->transfer.reply.charset;
  ets_status status = ets_answer_open(&exchange->answer, &source, &exchange->reading, error);
  if (status != ETS_OK)
    exchange->answer = NULL;
  else
    status = read_fault(exchange, error);
  if (status != ETS_OK && !error->http_status)
    error->http_status = exchange->transfer.reply.status;
  return status;
}

static ets_status try_once(struct ets_exchange *exchange) {
  ets_session *session = exchange->session;
  const char *operation = exchange->operation->name;
  ets_error error = {0};
  ets_log(session, ETS_LOG_REQUEST, operation, exchange->attempt.number, 0);
  int64_t sent = ets_monotonic();
  ets_status status = send_request(exchange, &error);
  if (status == ETS_OK)
    status = open_answer(exchange, &error);
  if (status != ETS_OK) {
    drop(exchange);
    return ets_session_take(session, status, &error);
  }
  ets_log(session, ETS_LOG_ANSWER, operation, exchange->attempt.number, ets_monotonic() - sent);
  return ETS_OK;
}

/* --- the tries ------------------------------------------------------------------------------- */

static ets_status pause_for(struct ets_exchange *exchange, int64_t milliseconds) {
  ets_error error;
  ets_status status = ets_session_pause(exchange->session, milliseconds, &error);
  return status == ETS_OK ? status : ets_session_take(exchange->session, status, &error);
}

/* Whether to try again, having waited. */
static bool again(struct ets_exchange *exchange, ets_status *status) {
  ets_session *session = exchange->session;
  struct ets_attempt *attempt = &exchange->attempt;
  int64_t wait = ets_retry_after(&session->pace, attempt, &session->error, exchange->retry_after);
  ets_log_failure(session, wait < 0 ? ETS_LOG_FAILURE : ETS_LOG_RETRY, attempt->number,
                  wait < 0 ? 0 : wait);
  if (wait < 0)
    return false;
  attempt->number++;
  session->counters.retries++;
  *status = pause_for(exchange, wait);
  return *status == ETS_OK;
}

/* The first try and, as the policy says, others. An expired token is renewed once. */
static ets_status run(struct ets_exchange *exchange) {
  ets_session *session = exchange->session;
  bool renewed = false;
  for (;;) {
    ets_status status = pause_for(exchange, ets_pace_take(&session->pace));
    if (status != ETS_OK)
      return status;
    status = try_once(exchange);
    if (status == ETS_OK)
      return ETS_OK;
    if (status == ETS_E_EXPIRED && !renewed && ets_auth_can_renew(&session->auth)) {
      renewed = true;
      status = ets_session_renew(session);
      exchange->retry_after = ets_auth_retry_after(&session->auth);
      if (status == ETS_OK) {
        session->counters.retries++;
        continue;
      }
    }
    if (!again(exchange, &status))
      return status;
  }
}

static const struct ets_type *response_type(const struct ets_operation *operation) {
  return ets_type_find(operation->response, strlen(operation->response));
}

ets_status ets_exchange_open(struct ets_exchange **exchange, ets_session *session,
                             const struct ets_operation *operation, ets_object request,
                             unsigned flags, struct ets_arena *arena) {
  *exchange = NULL;
  ets_session_start(session, operation->name);
  struct ets_exchange *made = calloc(1, sizeof *made);
  if (!made)
    return ets_session_fail(session, ETS_E_NOMEM, "out of memory");
  bool marks = flags & ETS_EXCHANGE_MOVES_MARK;
  bool harmless = (operation->reads && !marks) || session->pace.policy.repeat_writes;
  *made = (struct ets_exchange){
      .session = session,
      .operation = operation,
      .request = request,
      .attempt = {1, ets_monotonic(), harmless},
      .retry_after = -1,
      .transfer = {.session = session},
      .reading = {.response = response_type(operation),
                  .again = harmless ? NULL
                           : marks  ? BATCH_LOST
                                    : ETS_FATE_UNKNOWN,
                  .items = flags & ETS_EXCHANGE_STREAMS ? operation->items : NULL,
                  .limits = session->limits,
                  .arena = arena}};
  ets_status status = run(made);
  ets_context_clear(session->soap);
  if (status != ETS_OK) {
    ets_exchange_close(made);
    return status;
  }
  /* What was got over is no error. */
  ets_session_start(session, operation->name);
  if (!(flags & ETS_EXCHANGE_STREAMS))
    ets_transfer_close(&made->transfer);
  *exchange = made;
  return ETS_OK;
}

/* --- the answer ------------------------------------------------------------------------------ */

ets_status ets_exchange_next(struct ets_exchange *exchange, ets_object *item) {
  ets_session *session = exchange->session;
  ets_error error;
  ets_session_start(session, exchange->operation->name);
  ets_status status = ets_answer_next(exchange->answer, item, &error);
  if (status == ETS_OK)
    return ETS_OK;
  ets_transfer_close(&exchange->transfer);
  return status == ETS_END ? status : ets_session_take(session, status, &error);
}

ets_object ets_exchange_response(const struct ets_exchange *exchange) {
  return ets_answer_response(exchange->answer);
}

void ets_exchange_keep(struct ets_exchange *exchange) {
  if (!exchange)
    return;
  ets_transfer_close(&exchange->transfer);
  exchange->reading.arena = NULL;
  exchange->next_kept = exchange->session->kept;
  exchange->session->kept = exchange;
}

void ets_exchange_drop_kept(ets_session *session) {
  while (session->kept) {
    struct ets_exchange *next = session->kept->next_kept;
    ets_exchange_close(session->kept);
    session->kept = next;
  }
}

void ets_exchange_close(struct ets_exchange *exchange) {
  if (!exchange)
    return;
  drop(exchange);
  free(exchange->peer);
  free(exchange);
}
