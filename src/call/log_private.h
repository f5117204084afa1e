/* Tells the session's sink, if there is one. */
#ifndef ETS_LOG_PRIVATE_H
#define ETS_LOG_PRIVATE_H

#include "call/session_private.h"

void ets_log(ets_session *session, ets_log_kind kind, int attempt, ets_status status,
             int64_t milliseconds);

#endif
