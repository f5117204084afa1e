#include "base/clock.h"

#include <time.h>

int64_t ets_monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool ets_sleep(int64_t milliseconds, bool (*aborted)(void *context), void *context) {
  enum { SLICE = 100 };
  int64_t end = ets_monotonic() + milliseconds;
  for (int64_t left = milliseconds; left > 0; left = end - ets_monotonic()) {
    struct timespec slice = {0, (left < SLICE ? left : SLICE) * 1000000L};
    (void)nanosleep(&slice, NULL);
    if (aborted && aborted(context))
      return false;
  }
  return true;
}
