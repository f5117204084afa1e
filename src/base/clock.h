/* Time that only moves forwards, for waits and for how long something took. */
#ifndef ETS_CLOCK_H
#define ETS_CLOCK_H

#include <stdint.h>

/* Milliseconds since some moment of the past. */
int64_t ets_monotonic(void);

/* Sleeps for so many milliseconds, interruptions by signals included; returns at once for 0 and
 * less. */
void ets_sleep(int64_t milliseconds);

#endif
