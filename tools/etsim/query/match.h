/* Holds rows against a filter. */
#ifndef ETSIM_QUERY_MATCH_H
#define ETSIM_QUERY_MATCH_H

#include <stdbool.h>

#include "kinds/filter.h"
#include "kinds/scan.h"

/* Puts the values of an IN, of which there may be thousands, in the order that they are looked for
 * in; filter_matches() wants that. */
void filter_sort(struct filter *filter);

/* Wants the lock of the store. Without a filter every row matches. */
bool filter_matches(const struct filter *filter, struct world *world, struct row *row);

#endif
