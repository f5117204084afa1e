/* One retrieval of a work. */
#ifndef ETTRACK_RUN_ATTEMPT_H
#define ETTRACK_RUN_ATTEMPT_H

#include "ettrack/run/work.h"

/* Runs it; `error` says what went wrong, with a hint when the service refuses a property. */
ets_status attempt(const struct work *work, size_t index, ets_session *session,
                   const struct taker *taker, ets_error *error);

/* After a failure: adds a hint to its error when the service refuses a property. */
void attempt_explain(const struct work *work, size_t index, ets_session *session, ets_status status,
                     ets_error *error);

#endif
