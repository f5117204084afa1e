/* Which object a request means. All of this wants the write lock of the store. */
#ifndef ETSIM_OPERATIONS_FIND_H
#define ETSIM_OPERATIONS_FIND_H

#include "store/world.h"

/* The record of a subscriber by whatever the tree names it by; a computed one becomes a record.
 * NULL: there is none. */
struct record *subscriber_find(struct world *world, const struct node *tree);

/* The record that a tree names, by whatever it gives of ObjectID, CustomerKey, ID and Name, among
 * those that this account sees: a business unit its own and those of every account, the parent all;
 * so does account 0. Subscribers are everybody's. NULL: there is none. */
struct record *object_find(struct world *world, int account, const char *type,
                           const struct node *tree);

#endif
