#include "base/clock.h"

#include <errno.h>
#include <time.h>

int64_t ets_monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void ets_sleep(int64_t milliseconds) {
  struct timespec left = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  while (milliseconds > 0 && nanosleep(&left, &left) != 0 && errno == EINTR)
    ;
}
