/* Calls of one request and a whole answer. */
#ifndef ETS_CALL_H
#define ETS_CALL_H

#include "call/exchange.h"
#include "call/session_private.h"

/* First step of everything that a session is asked to do: frees what the last call returned,
 * clears its error, names the operation for errors. Refuses when a cursor is open. */
ets_status ets_call_begin(ets_session *session, const char *operation);

/* The whole exchange: the response, decoded into the session's arena. */
ets_status ets_call(ets_session *session, const struct ets_operation *operation, ets_object request,
                    ets_object *response);

#endif
