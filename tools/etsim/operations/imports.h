/* Imports that were started: their results, which are there at once and complete a little later. No
 * file is read: an import finds the rows that its data extension has. */
#ifndef ETSIM_OPERATIONS_IMPORTS_H
#define ETSIM_OPERATIONS_IMPORTS_H

#include "store/agenda.h"

/* The end of an import. */
happen imports_end;

/* Wants the write lock.
 * @param definition  an ImportDefinition
 * @return the TaskResultID, 0: out of memory */
long imports_start(struct world *world, int account, const struct node *definition, int64_t date);

/* Those that an automation has among its activities. Wants the write lock.
 * @param automation  its ObjectID
 * @return false: out of memory */
bool imports_of_run(struct world *world, int account, const char *automation, int64_t date);

#endif
