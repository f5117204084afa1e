/* Time that only moves forwards, for waits and for how long something took. */
#ifndef ETS_CLOCK_H
#define ETS_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Milliseconds since some moment of the past. */
int64_t ets_monotonic(void);

/* Sleeps for so many milliseconds; returns at once for 0 and less. `aborted` is asked in between,
 * and when a signal came; NULL: nobody is.
 * @return false when it said so */
bool ets_sleep(int64_t milliseconds, bool (*aborted)(void *context), void *context);

#endif
