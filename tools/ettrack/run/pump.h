/* From a cursor to whoever takes its rows. */
#ifndef ETTRACK_RUN_PUMP_H
#define ETTRACK_RUN_PUMP_H

#include "ettrack/run/work.h"

/* Gives all rows of a cursor to the taker, rates computed, and closes it; `status` is what opening
 * it returned. `rows` counts them, may be NULL. */
ets_status pump(ets_cursor *cursor, ets_status status, const struct columns *columns,
                const struct taker *taker, uint64_t *rows);

#endif
