/* What the calls on a session share: the error and the operation in hand, the endpoint, waiting. */
#include "call/session_private.h"

#include "base/clock.h"
#include "call/fault.h"
#include "http/client.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ets_session_start(ets_session *session, const char *operation) {
  session->operation = operation;
  if (session->error.status != ETS_OK)
    session->error = (ets_error){0};
}

static void name_operation(ets_session *session) {
  if (session->operation)
    snprintf(session->error.operation, sizeof session->error.operation, "%s", session->operation);
}

ets_status ets_session_fail(ets_session *session, ets_status status, const char *format, ...) {
  char message[sizeof session->error.message];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  ets_error_set(&session->error, status, "%s", message);
  ets_auth_mask_error(&session->auth, &session->error);
  name_operation(session);
  return status;
}

ets_status ets_session_take(ets_session *session, ets_status status, const ets_error *error) {
  session->error = *error;
  ets_auth_mask_error(&session->auth, &session->error);
  name_operation(session);
  return status;
}

ets_status ets_session_refused(ets_session *session, const char *text, int code) {
  ets_error error;
  return ets_session_take(session, ets_fault_refused(&error, text, code, &session->auth), &error);
}

const char *ets_session_quote(const ets_session *session, struct ets_arena *arena,
                              const char *text) {
  char *copy = ets_arena_text(arena, text, strlen(text));
  if (!copy)
    return "out of memory for what the service says";
  ets_auth_mask(&session->auth, copy);
  return copy;
}

bool ets_session_is_aborted(void *session) {
  const ets_session *asking = session;
  return asking->on_wait && asking->on_wait(asking->wait_context);
}

ets_status ets_session_pause(ets_session *session, int64_t milliseconds, ets_error *error) {
  if (ets_session_is_aborted(session) || !ets_sleep(milliseconds, ets_session_is_aborted, session))
    return ets_error_set(error, ETS_E_ABORTED, "ended by the program");
  return ETS_OK;
}

ets_status ets_session_set_endpoint(ets_session *session, const char *endpoint, ets_error *error) {
  ets_status status = endpoint ? ets_http_check_url("endpoint", endpoint, error) : ETS_OK;
  if (status != ETS_OK)
    return status;
  char *copy = endpoint ? strdup(endpoint) : NULL;
  if (endpoint && !copy)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  free(session->endpoint);
  session->endpoint = copy;
  return ETS_OK;
}
