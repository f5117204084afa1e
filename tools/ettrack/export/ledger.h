/* The windows of an export as its jobs go through them. */
#ifndef ETTRACK_EXPORT_LEDGER_H
#define ETTRACK_EXPORT_LEDGER_H

#include "ettrack/export/job.h"

#include <pthread.h>

/* A window that failed gets another chance at the end. */
enum { CHANCES = 2 };

enum state {
  STATE_WAITS,
  STATE_RUNS,
  STATE_DONE,
  STATE_FAILED,
  STATE_BUSY,
  STATE_ASIDE /* the service refuses its table, or all of them, to this account */
};

/* Which windows of a plan there are to read, and what became of each. */
struct ledger {
  const struct export_job *job;
  const struct options *options;
  ets_export *plan;
  pthread_mutex_t mutex;
  enum state *states; /* of the windows */
  size_t due, next, chance;
  size_t running, done, by_send, in_a_row;
  uint64_t rows;
  bool stop, wrong_usage;
  int working;
  int64_t started; /* monotonic milliseconds */
};

/* How a window went. */
struct window_outcome {
  ets_status status;
  const ets_error *error;
  const ets_export_record *record;
  bool login_works; /* ETS_E_LOGIN, ETS_E_EXPIRED: the service knows the user, and so it is the
                       account that is refused */
  bool opening;     /* it is the session or the sink that could not be opened */
  int64_t took;     /* milliseconds */
};

/* False when out of memory. End it with ledger_free(). */
bool ledger_make(struct ledger *ledger);
void ledger_free(struct ledger *ledger);

/* The next window to read, and whether there is one; with the mutex. */
bool ledger_take(struct ledger *ledger, size_t *index);

/* Whether one is being read; with the mutex. */
bool ledger_is_reading(const struct ledger *ledger);

/* Books how a window went; with the mutex. */
void ledger_book(struct ledger *ledger, size_t index, const struct window_outcome *outcome);

/* Says how all of it went. Returns an exit code. */
int ledger_finish(const struct ledger *ledger);

#endif
