/* One query over many sessions: its time is cut into pieces, which are fetched at once and written
 * in the order of time. */
#ifndef ETTRACK_RUN_SWEEP_H
#define ETTRACK_RUN_SWEEP_H

#include "ettrack/run/outcome.h"
#include "ettrack/run/pieces.h"
#include "ettrack/run/work.h"

/* How the one retrieval of a work is cut. */
struct sweep {
  size_t date;                   /* the column of the time */
  const ets_time *since, *until; /* NULL: open */
  /* The part of the query in that window; NULL: open. */
  ets_status (*open)(const struct work *work, ets_cursor **cursor, ets_session *session,
                     const ets_time *since, const ets_time *until);
  /* What is known before anything is read; a failure says why there is nothing. NULL: nothing. */
  ets_status (*look)(const struct work *work, ets_session *session, struct span *span);
};

/* Fetches all of it with so many jobs; each asks for its next piece while it reads one. `first` is
 * one of the sessions. */
void run_sweep(struct work *work, int jobs, ets_session *first, struct outcome *outcome);

#endif
