/* `--truth FILE`: every event that was, is and will be there, for tests to compare with. */
#ifndef ETSIM_CLI_TRUTH_H
#define ETSIM_CLI_TRUTH_H

#include "store/world.h"

/* A line of JSON for each event: its type, account, send, subscriber, date, and when it arrives.
 * The file is replaced as a whole. @return false after saying on stderr why not */
bool truth_write(struct world *world, const char *file);

#endif
