/* A sink by its name. */
#ifndef ETTRACK_SINKS_STORE_H
#define ETTRACK_SINKS_STORE_H

#include "ettrack/sinks/sink.h"

/* Opens a sink, which is made when it is not there: `sqlite:FILE`, `postgresql://...`, or else a
 * folder. One that a newer version made is refused. Threads open one each. */
ets_status store_open(struct store *store, const char *where, const struct store_options *options,
                      ets_error *error);

/* The same when it has to be there: nothing is made. */
ets_status store_open_old(struct store *store, const char *where, ets_error *error);

void store_close(struct store *store);

#endif
