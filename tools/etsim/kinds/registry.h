/* All object types that can be retrieved. */
#ifndef ETSIM_KINDS_REGISTRY_H
#define ETSIM_KINDS_REGISTRY_H

#include "kinds/kind.h"
#include "store/world.h"

/* NULL when there is no such type; names are case-sensitive. Takes the lock of the store. */
const struct kind *kind_find(struct world *world, const char *name);

#endif
