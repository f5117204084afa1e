/* Several retrievals at once. */
#ifndef ETTRACK_RUN_PARALLEL_H
#define ETTRACK_RUN_PARALLEL_H

#include "ettrack/run/outcome.h"
#include "ettrack/run/work.h"

/* Does the work with so many sessions side by side, of which `first` is one. Rows are written in
 * the order of the retrievals, whichever comes first. */
void run_parallel(struct work *work, int sessions, ets_session *first, struct outcome *outcome);

#endif
