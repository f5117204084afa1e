/* What the demo account has beside its subscribers and sends: folders, content, definitions, data
 * extensions, users. Objects like those that a client creates: they can be changed. */
#ifndef ETSIM_STORE_ACCOUNT_H
#define ETSIM_STORE_ACCOUNT_H

#include "store/world.h"

/* @return false: out of memory */
bool account_fill(struct world *world);

#endif
