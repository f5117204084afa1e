/* Ties every reference to what it names, and refuses what no reader could use: references to
 * nothing, cycles, a field twice in one type. Everything wrong is in the diagnostics. */
#ifndef ETWSDL_READ_RESOLVE_H
#define ETWSDL_READ_RESOLVE_H

#include "etwsdl/model/model.h"

void resolve(struct contract *contract);

#endif
