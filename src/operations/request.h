/* What the operations share: a request is a row of the table and a function that fills it. */
#ifndef ETS_REQUEST_H
#define ETS_REQUEST_H

#include "call/call.h"

#include <etsoap/pool.h>

/* Fills the request message from what the caller gave. The pool remembers what went wrong. */
typedef void ets_request_fill(ets_pool *pool, ets_object request, const void *arguments);

/* Makes the request message of an operation, filled.
 * @param[out] request  in the pool; no object on failure
 * @return ETS_E_USAGE too when the contract in use has no such operation */
ets_status ets_request_make(ets_object *request, ets_pool *pool, ets_session *session,
                            const struct ets_operation *operation, ets_request_fill *fill,
                            const void *arguments);

/* Makes the request in a pool, sends it, frees the pool. Comes after ets_call_begin().
 * @param[out] response  the whole answer, in the session's arena; no object on failure */
ets_status ets_request_send(ets_object *response, ets_session *session,
                            const struct ets_operation *operation, ets_request_fill *fill,
                            const void *arguments);

#endif
