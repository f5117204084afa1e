/* A send that was started: it shows as a Send, whose counts follow the events. All of this wants
 * the write lock of the store. */
#ifndef ETSIM_OPERATIONS_JOB_H
#define ETSIM_OPERATIONS_JOB_H

#include "store/world.h"

/* A number for a new one. */
long job_next(struct store *store);

/* Makes the Send, by what the definition says; nothing is counted yet. NULL: out of memory. */
struct record *job_show(struct world *world, int account, const struct node *definition, long job,
                        const char *status);

#endif
