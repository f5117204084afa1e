/* LogUnsubEvent. */
#ifndef ETSIM_OPERATIONS_UNSUB_H
#define ETSIM_OPERATIONS_UNSUB_H

#include "operations/outcome.h"
#include "store/world.h"

/* `parameters` has a child per parameter of the request. Wants the write lock of the store. */
void unsub_log(struct world *world, int account, const struct node *parameters,
               struct outcome *outcome);

/* MasterUnsub: the same without a job, so that nothing is booked on a send. */
void unsub_master(struct world *world, int account, const struct node *parameters,
                  struct outcome *outcome);

#endif
