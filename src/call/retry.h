/* When a failed request is sent again, and how long to wait before it. Knows no session. */
#ifndef ETS_CALL_RETRY_H
#define ETS_CALL_RETRY_H

#include <etsoap/session.h>

/* Advice when the answer is lost of what may not be done twice. */
#define ETS_FATE_UNKNOWN "whether it was carried out is not known"

/* What the exchanges of a session share. */
struct ets_pace {
  ets_retry policy;
  int64_t next_request; /* monotonic milliseconds: not before */
  uint64_t jitter;
};

/* What is known about a request that failed. */
struct ets_attempt {
  int number;    /* 1 for the first */
  int64_t start; /* of the first, monotonic milliseconds */
  bool harmless; /* doing it twice does no harm */
};

/* Milliseconds to wait for the turn of the next request, which is taken with this. */
int64_t ets_pace_take(struct ets_pace *pace);

/* Milliseconds to wait before trying again; -1: it is not to be tried again. */
int64_t ets_retry_after(struct ets_pace *pace, const struct ets_attempt *attempt,
                        const ets_error *error, int64_t retry_after);

#endif
