/* Kinds of objects that only the store has, or that recordings have more properties of. */
#ifndef ETSIM_KINDS_BUILD_H
#define ETSIM_KINDS_BUILD_H

#include "kinds/kind.h"
#include "store/store.h"

/* Properties by the table of retrievable ones, or by `computed`, and those of recordings. NULL when
 * out of memory. */
struct kind *kind_build(const struct table *table, const struct kind *computed);

#endif
