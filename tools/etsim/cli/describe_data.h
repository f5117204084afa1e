/* `--describe-data`: what there is, as a table in Markdown. */
#ifndef ETSIM_CLI_DESCRIBE_DATA_H
#define ETSIM_CLI_DESCRIBE_DATA_H

#include "store/world.h"

/* Prints to stdout. */
void describe_data(struct world *world);

#endif
