/* The one execute path. Every request goes out and every answer comes in through
 * ets_call_exchange(); an answer ends with ets_call_close() or ets_call_drop(). */
#ifndef ETS_CALL_H
#define ETS_CALL_H

#include "contract/operations.h"
#include "contract/types.h"
#include "call/session_private.h"

/* Refuses when a cursor is open; frees what the last call returned; names the operation for
 * errors. First step of everything that talks to the network. */
ets_status ets_call_begin(ets_session *session, const char *operation);

/* Sends a request struct with credentials and reads the answer up to the first child of the
 * response element; sends it again as the session's policy says. The struct may live in gSOAP's
 * memory made after ets_call_begin(), or anywhere else. */
ets_status ets_call_exchange(ets_session *session, const struct ets_operation *operation,
                             const void *request);

/* Reads from behind the response element's last child to the end of the message. */
ets_status ets_call_close(ets_session *session);

/* Breaks off an answer in mid-air: its connection is closed. */
void ets_call_drop(ets_session *session);

/* The whole exchange: the response struct, decoded into the session's arena. */
ets_status ets_call(ets_session *session, const struct ets_operation *operation,
                    const void *request, void **response);

#endif
