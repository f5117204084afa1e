#include "call/call.h"

void ets_call_begin(ets_session *session, const char *operation) {
  ets_session_start(session, operation);
  ets_exchange_drop_kept(session);
  ets_arena_reset(&session->arena);
}

ets_status ets_call(ets_session *session, const struct ets_operation *operation, ets_object request,
                    ets_object *response) {
  struct ets_exchange *exchange;
  *response = (ets_object){0};
  ets_status status = ets_exchange_open(&exchange, session, operation, request, 0, &session->arena);
  if (status == ETS_OK)
    *response = ets_exchange_response(exchange);
  ets_exchange_close(exchange);
  return status;
}
