/* Plain calls: one request, one whole answer. */
#ifndef ETS_CALL_H
#define ETS_CALL_H

#include "call/exchange.h"
#include "call/session_private.h"

/* First step of a plain call: frees what the last one returned, clears the session's error, names
 * the operation for errors. */
void ets_call_begin(ets_session *session, const char *operation);

/* The whole exchange.
 * @param[out] response  in the session's arena, that is until the next plain call */
ets_status ets_call(ets_session *session, const struct ets_operation *operation, ets_object request,
                    ets_object *response);

#endif
