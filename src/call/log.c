#include <etsoap/log.h>

#include "call/log_private.h"

void ets_session_log(ets_session *session, ets_log_sink *sink, void *context) {
  session->log = sink;
  session->log_context = context;
}

void ets_log(const ets_session *session, ets_log_kind kind, const char *operation, int attempt,
             int64_t milliseconds) {
  ets_log_event event = {.kind = kind,
                         .operation = operation,
                         .attempt = attempt,
                         .status = ETS_OK,
                         .milliseconds = milliseconds,
                         .message = ""};
  if (session->log)
    session->log(session->log_context, &event);
}

void ets_log_failure(const ets_session *session, ets_log_kind kind, int attempt,
                     int64_t milliseconds) {
  ets_log_event event = {.kind = kind,
                         .operation = session->error.operation,
                         .attempt = attempt,
                         .status = session->error.status,
                         .milliseconds = milliseconds,
                         .message = session->error.message};
  if (session->log)
    session->log(session->log_context, &event);
}
