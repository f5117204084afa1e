/* Recorded answers as data. */
#ifndef ETSIM_STORE_LOAD_H
#define ETSIM_STORE_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "store/world.h"

/* Adds the results of a RetrieveResponse envelope, either SOAP version, any prefixes. Rows of a
 * data extension go to one with the file's name as key. Says on stderr what is wrong. */
bool load_file(struct world *world, const char *file);

/* Adds the bytes of a file to a sum that tells files apart, which is not 0 then. Of a pipe,
 * which can be read but once, no bytes. Says on stderr when it cannot be read. */
bool load_sum(uint64_t *sum, const char *file);

#endif
