#include "call/call.h"

ets_status ets_call_begin(ets_session *session, const char *operation) {
  ets_session_start(session, operation);
  if (session->owner)
    return ets_session_fail(session, ETS_E_USAGE,
                            "a cursor is open on this session: close it first, or use another "
                            "session");
  soap_destroy(session->soap);
  soap_end(session->soap);
  ets_arena_reset(&session->arena);
  return ETS_OK;
}

ets_status ets_call(ets_session *session, const struct ets_operation *operation, ets_object request,
                    ets_object *response) {
  struct ets_exchange *exchange;
  *response = (ets_object){0};
  ets_status status = ets_exchange_open(&exchange, session, operation, request, 0, &session->arena);
  if (status == ETS_OK)
    status = ets_exchange_whole(exchange, response);
  ets_exchange_close(exchange);
  return status;
}
