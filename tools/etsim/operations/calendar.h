/* All that happens by itself. */
#ifndef ETSIM_OPERATIONS_CALENDAR_H
#define ETSIM_OPERATIONS_CALENDAR_H

#include "store/agenda.h"

/* The last has no name. */
extern const struct happening calendar[];

#endif
