#include "base/signals.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

static bool is_pending(void) {
  sigset_t pending;
  return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
}

void ets_signals_hold(struct ets_signals *signals) {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  signals->pending = is_pending();
  pthread_sigmask(SIG_BLOCK, &pipe, &signals->mask);
}

void ets_signals_release(const struct ets_signals *signals) {
  static const struct timespec at_once = {0, 0};
  sigset_t pipe;
  int error = errno;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  if (!signals->pending && is_pending())
    while (sigtimedwait(&pipe, NULL, &at_once) == -1 && errno == EINTR)
      ;
  pthread_sigmask(SIG_SETMASK, &signals->mask, NULL);
  errno = error;
}
