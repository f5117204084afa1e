/* No SIGPIPE from what writes, whatever the program has set for it. */
#ifndef ETS_BASE_SIGNALS_H
#define ETS_BASE_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

struct ets_signals {
  sigset_t mask; /* of this thread before */
  bool pending;  /* the program had one waiting already */
};

/* Around calls that write to sockets or pipes, in this thread. */
void ets_signals_hold(struct ets_signals *signals);

/* Takes the SIGPIPE that came meanwhile, and lets through what comes from now on. */
void ets_signals_release(const struct ets_signals *signals);

#endif
