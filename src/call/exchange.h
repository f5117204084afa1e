/* One request and its answer: carried, tried again, read. A session only gives what exchanges
 * share: credentials, settings, pace, counters. */
#ifndef ETS_EXCHANGE_H
#define ETS_EXCHANGE_H

#include "base/arena.h"
#include "contract/operations.h"

#include <etsoap/object.h>
#include <etsoap/session.h>

struct ets_exchange;

enum {
  ETS_EXCHANGE_MOVES_MARK = 1 /* a Retrieve since the last batch: never sent twice */
};

/* Sends a request with credentials and reads its answer up to the response element; sends it
 * again as the session's policy says. On failure the session's error says why.
 * @param[out] exchange  close it; NULL on failure
 * @param request        a message of the operation's request element; borrowed until this returns
 * @param arena          takes what is decoded; borrowed until the exchange is closed */
ets_status ets_exchange_open(struct ets_exchange **exchange, ets_session *session,
                             const struct ets_operation *operation, ets_object request,
                             unsigned flags, struct ets_arena *arena);

/* The next item of the answer, decoded into the arena. ETS_END when the answer has been read to
 * its end and counts. After a failure the exchange is of no more use. */
ets_status ets_exchange_next(struct ets_exchange *exchange, ets_object *item);

/* The whole answer as one object, in place of item after item. */
ets_status ets_exchange_whole(struct ets_exchange *exchange, ets_object *response);

/* A member of the answer outside its items, "OverallStatus": as far as it has been read. NULL:
 * not there. Lives until the exchange is closed. */
const char *ets_exchange_text(const struct ets_exchange *exchange, const char *name);

/* Frees it; an answer in mid-air is dropped, with its connection. NULL is allowed. */
void ets_exchange_close(struct ets_exchange *exchange);

#endif
