/* Who is on which list, and how: objects of type ListSubscriber. All of this wants the write lock
 * of the store. */
#ifndef ETSIM_OPERATIONS_MEMBERSHIP_H
#define ETSIM_OPERATIONS_MEMBERSHIP_H

#include "operations/outcome.h"
#include "store/world.h"

/* Whether there is such a list. */
bool membership_knows(const struct world *world, long list);

/* Whether a subscriber's Lists are lists that there are; says which one is not. */
bool membership_check(const struct world *world, const struct node *subscriber,
                      struct outcome *outcome);

/* Status of a Subscriber or a ListSubscriber; who unsubscribes has a date of that, nobody else. */
void membership_set_status(const struct world *world, struct node *tree, const char *status);

/* Puts a subscriber who is not on the list onto it. NULL: out of memory. */
struct record *membership_join(struct world *world, const char *key, const char *list, int account);

/* Takes over the Lists of a subscriber that is created or updated. */
void membership_take(struct world *world, const struct node *subscriber, const char *key,
                     int account);

#endif
