/* Sends that were started here: computed like those of the demo data, and kept as what they are
 * computed from. All of this wants the write lock of the store. */
#ifndef ETSIM_STORE_SENDS_H
#define ETSIM_STORE_SENDS_H

#include "store/world.h"

/* By an EmailSendDefinition, to everybody. @return the job; 0: there are too many */
long sends_start(struct world *world, int account, const struct node *definition);

/* It was paused, resumed or cancelled. */
void sends_keep(struct world *world, const struct send *send);

/* Starts again what the store has kept. @return false: there are too many, or out of memory */
bool sends_restore(struct world *world);

#endif
