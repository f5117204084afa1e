/* What comes of an Extract: a zip archive with a CSV file for each kind of event, as of a tracking
 * extract. */
#ifndef ETSIM_OPERATIONS_EXTRACT_H
#define ETSIM_OPERATIONS_EXTRACT_H

#include "store/agenda.h"

/* Writes it into the folder `world->files`. */
happen extract_write;

#endif
