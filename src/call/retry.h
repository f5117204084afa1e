/* When a failed request is sent again, and how long to wait before it. */
#ifndef ETS_RETRY_H
#define ETS_RETRY_H

#include "call/call.h"

struct ets_retry_state {
  int attempt;   /* 1 for the first */
  int64_t start; /* milliseconds, monotonic */
};

/* Keeps to the session's requests per second. */
void ets_retry_pace(ets_session *session);

/* After a failure: whether to try again; if so, has waited. */
bool ets_retry_again(ets_session *session, const struct ets_operation *operation,
                     struct ets_retry_state *state, ets_status status);

int64_t ets_monotonic(void); /* milliseconds */

#endif
