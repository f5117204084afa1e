/* A command's work: one or more retrievals whose rows go to one output, in order. */
#ifndef ETTRACK_WORK_H
#define ETTRACK_WORK_H

#include "ettrack.h"

/* Takes rows; false: stop, no more are wanted. */
struct taker {
  bool (*row)(struct taker *taker, const char *type, ets_value *values);
};

struct work {
  struct ettrack *ettrack;
  const void *data; /* the command's own */
  size_t count;     /* of retrievals */
  enum format format;
  const char *const *columns;
  size_t column_count;
  /* Runs one of them: gives its rows to the taker. A failure's detail is in the session's error. */
  ets_status (*run)(const struct work *work, size_t index, ets_session *session,
                    struct taker *taker);
};

/* Does it all and returns the exit code. What can be done in spite of a failure is done. */
int work_run(struct work *work);

/* Gives all rows of a cursor to the taker and closes it; `status` is what opening it returned.
 * `rows` counts them, may be NULL. */
ets_status work_pump(const struct work *work, ets_cursor *cursor, ets_status status,
                     struct taker *taker, uint64_t *rows);

/* Whether a signal has asked for an end. */
bool work_interrupted(void);

/* How it went. */
struct outcome {
  bool stopped; /* nothing more is to be done: limit, signal, output gone, or a failure that would
                   only repeat itself */
  size_t done;
  size_t failed;
  bool wrong_usage; /* and all failures are of that kind */
  uint64_t limit;   /* rows, 0: none */
};

/* Books the end of one retrieval and complains when it failed. */
void outcome_add(struct outcome *outcome, ets_status status, const ets_error *error);

/* Writes one row and says whether to go on. */
bool outcome_row(struct outcome *outcome, struct output *output, const char *type,
                 ets_value *values);

/* The part of work_run() for several sessions side by side, of which `first` is one. Rows are
 * written in the order of the retrievals, whichever comes first. */
void work_run_parallel(struct work *work, int sessions, ets_session *first, struct output *output,
                       struct outcome *outcome);

#endif
