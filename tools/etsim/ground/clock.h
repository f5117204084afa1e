/* The account's clock: what the dates of its objects and events go by. Credentials, RequestIDs and
 * message headers go by the machine's. */
#ifndef ETSIM_GROUND_CLOCK_H
#define ETSIM_GROUND_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* All of them in milliseconds on the server's clock. */
struct clock {
  int64_t machine; /* what the machine's clock said ... */
  int64_t account; /* ... when the account's said this */
  double factor;   /* how much faster it runs; 0: it stands still */
  bool dated;      /* it was set to a time: what is later has not happened */
};

/* `real`, `TIME`, `xFACTOR` or `TIME,xFACTOR`; a TIME alone stands still. The clock starts now.
 * @return false when it is none of these */
bool clock_read(struct clock *clock, const char *text);

int64_t clock_now(const struct clock *clock);

/* Whether it runs and is not the machine's: what it says is not known by another process. */
bool clock_runs_alone(const struct clock *clock);

#endif
