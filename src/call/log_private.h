/* Tells the session's sink, if there is one. */
#ifndef ETS_LOG_PRIVATE_H
#define ETS_LOG_PRIVATE_H

#include "call/session_private.h"

/* An event without failure. */
void ets_log(const ets_session *session, ets_log_kind kind, const char *operation, int attempt,
             int64_t milliseconds);

/* One about the session's error. */
void ets_log_failure(const ets_session *session, ets_log_kind kind, int attempt,
                     int64_t milliseconds);

#endif
