/* How the work goes, and what it comes to. */
#ifndef ETTRACK_RUN_OUTCOME_H
#define ETTRACK_RUN_OUTCOME_H

#include "ettrack/output/output.h"
#include "ettrack/run/order.h"

#include <etsoap/etsoap.h>

struct work;

struct outcome {
  const struct work *work;
  struct output *output;
  const struct order *order; /* NULL: rows are written as they come */
  struct copies held;        /* those that wait for the last one otherwise */
  uint64_t limit;            /* rows, 0: none */
  size_t wanted;             /* retrievals */
  size_t done;
  size_t failed;
  bool wrong_usage; /* and all failures are of that kind */
  bool stopped;     /* nothing more is to be done: limit, signal, output gone, or a failure that
                       would only repeat itself */
};

/* Writes one row, or keeps it for its place in the order, and says whether to go on. */
bool outcome_row(struct outcome *outcome, const char *type, ets_value *values);

/* Books the end of one retrieval and complains when it failed. */
void outcome_add(struct outcome *outcome, ets_status status, const ets_error *error);

/* Closes the output, says what is missing, and returns the exit code. */
int outcome_finish(struct outcome *outcome);

#endif
