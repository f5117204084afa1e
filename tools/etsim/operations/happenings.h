/* What happens by itself after a client's calls, see store/agenda.h. */
#ifndef ETSIM_OPERATIONS_HAPPENINGS_H
#define ETSIM_OPERATIONS_HAPPENINGS_H

#include "store/agenda.h"
#include "store/tracked.h"

/* A reaction to a message, and the end of an automation's run. */
happen happenings_event, happenings_end_of_run;

/* What the recipient of a message is going to do, by the seed. Wants the write lock. */
void happenings_of_message(struct world *world, const struct tracked *message, int64_t date);

/* The end of an automation's run, and of the run's record. Wants the write lock. */
bool happenings_of_run(struct world *world, int account, const char *automation, const char *run,
                       int64_t date);

#endif
