/* Hooks of the trace into the exchange. */
#ifndef ETS_TRACE_PRIVATE_H
#define ETS_TRACE_PRIVATE_H

#include "call/session_private.h"

/* Opens the pair of files of the next exchange. Does nothing when the session is not traced. */
ets_status ets_trace_begin(ets_session *session);

void ets_trace_sent(ets_session *session, const char *bytes, size_t size);
void ets_trace_received(ets_session *session, const char *bytes, size_t size);

/* Closes the files of the exchange in hand, if any. */
void ets_trace_end(ets_session *session);

void ets_trace_free(struct ets_session_trace *trace);

#endif
