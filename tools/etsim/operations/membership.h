/* Who is on which list, and how: objects of type ListSubscriber. All of this wants the write lock
 * of the store. */
#ifndef ETSIM_OPERATIONS_MEMBERSHIP_H
#define ETSIM_OPERATIONS_MEMBERSHIP_H

#include "store/world.h"

/* Takes over the Lists of a subscriber that is created or updated. */
void membership_take(struct world *world, const struct node *subscriber, const char *key,
                     int account);

#endif
