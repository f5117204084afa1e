/* How long a call may take: silence, least speed and total time, of which only the time counts that
 * was spent waiting. */
#ifndef ETS_HTTP_PATIENCE_H
#define ETS_HTTP_PATIENCE_H

#include "http/client.h"

enum ets_impatience {
  ETS_PATIENT,
  ETS_SENDS_NOTHING, /* the peer takes none of the request */
  ETS_HEARS_NOTHING, /* not a byte of the answer */
  ETS_TOO_SLOW,      /* the answer comes, but below the least speed */
  ETS_TOO_LONG       /* in total */
};

struct ets_patience {
  int64_t last;   /* when time was taken last; monotonic milliseconds */
  int64_t total;  /* waited so far */
  int64_t quiet;  /* waited since a byte came or went */
  int64_t window; /* waited in the stretch that the speed is measured over */
  uint64_t bytes; /* came in that stretch */
  uint64_t moved; /* bytes that had come and gone when last looked at */
  uint64_t came;  /* bytes that had come */
};

/* A stretch of waiting begins. */
void ets_patience_wait(struct ets_patience *patience);

/* Takes the time.
 * @param connected  silence counts from here on
 * @param gone       bytes of the request that went out so far
 * @param sent       all of it did
 * @param came       bytes of the answer so far */
enum ets_impatience ets_patience_look(struct ets_patience *patience,
                                      const struct ets_http_options *options, bool connected,
                                      uint64_t gone, bool sent, uint64_t came);

/* Milliseconds until the next moment to look, at most `most`. */
int ets_patience_left(const struct ets_patience *patience, const struct ets_http_options *options,
                      int most);

#endif
