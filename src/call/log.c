#include <etsoap/log.h>

#include "call/log_private.h"

void ets_session_log(ets_session *session, ets_log_sink *sink, void *context) {
  session->log = sink;
  session->log_context = context;
}

void ets_log(ets_session *session, ets_log_kind kind, int attempt, ets_status status,
             int64_t milliseconds) {
  if (!session->log)
    return;
  ets_log_event event = {.kind = kind,
                         .operation = session->operation ? session->operation : "",
                         .attempt = attempt,
                         .status = status,
                         .milliseconds = milliseconds,
                         .message = status == ETS_OK ? "" : session->error.message};
  session->log(session->log_context, &event);
}
