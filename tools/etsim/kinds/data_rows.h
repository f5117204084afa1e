/* The rows of data extensions: their properties are its columns. */
#ifndef ETSIM_KINDS_DATA_ROWS_H
#define ETSIM_KINDS_DATA_ROWS_H

#include "kinds/kind.h"
#include "store/world.h"

/* `name` is `DataExtensionObject[KEY]`. NULL: no such data extension. Takes the lock of the
 * store. */
const struct kind *kind_of_rows(struct world *world, const char *name);

#endif
