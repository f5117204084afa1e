/* One request and its answer: carried, tried again, read. A session only gives what exchanges
 * share: credentials, settings, pace, counters; any number of them may be open on it. */
#ifndef ETS_EXCHANGE_H
#define ETS_EXCHANGE_H

#include "base/arena.h"
#include "contract/operations.h"

#include <etsoap/object.h>
#include <etsoap/session.h>

struct ets_exchange;

enum {
  ETS_EXCHANGE_STREAMS = 1,   /* items are handed out while the answer arrives */
  ETS_EXCHANGE_MOVES_MARK = 2 /* a Retrieve since the last batch: never sent twice */
};

/* Sends a request with credentials and reads its answer, when it streams up to the first item,
 * else to its end; sends it again as the session's policy says. On failure the session's error
 * says why.
 * @param[out] exchange  close it; NULL on failure
 * @param request        a message of the operation's request element; borrowed until this
 *                       returns; may lie in the session's gSOAP context, which is cleared then
 * @param arena          takes the response without what is streamed; is reset first; borrowed until
 *                       the exchange is closed */
ets_status ets_exchange_open(struct ets_exchange **exchange, ets_session *session,
                             const struct ets_operation *operation, ets_object request,
                             unsigned flags, struct ets_arena *arena);

/* The next item of an exchange that streams. It lives until the next call of this function or the
 * close. ETS_END when the answer has been read to its end and counts; the connection is free then.
 * After a failure the exchange is of no more use. */
ets_status ets_exchange_next(struct ets_exchange *exchange, ets_object *item);

/* The response message: "OverallStatus" and so on by path. When it streams without the items, as
 * far as it has been read. */
ets_object ets_exchange_response(const struct ets_exchange *exchange);

/* Closes it, but that its last item lives until the next plain call on the session. */
void ets_exchange_keep(struct ets_exchange *exchange);

/* Closes what ets_exchange_keep() has left on a session. */
void ets_exchange_drop_kept(ets_session *session);

/* Frees it; an answer in mid-air is dropped, with its connection. NULL is allowed. */
void ets_exchange_close(struct ets_exchange *exchange);

#endif
