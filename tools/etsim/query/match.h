/* Holds rows against a filter. */
#ifndef ETSIM_QUERY_MATCH_H
#define ETSIM_QUERY_MATCH_H

#include <stdbool.h>

#include "kinds/filter.h"
#include "kinds/scan.h"

/* Wants the lock of the store. Without a filter every row matches. */
bool filter_matches(const struct filter *filter, struct world *world, struct row *row);

#endif
