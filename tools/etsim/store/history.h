/* What happened in the demo account beside its sends: triggered sends, with all that came of
 * them. */
#ifndef ETSIM_STORE_HISTORY_H
#define ETSIM_STORE_HISTORY_H

#include "store/world.h"

/* @return false: out of memory */
bool history_fill(struct world *world);

#endif
