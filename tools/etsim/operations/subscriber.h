/* What is particular to subscribers. */
#ifndef ETSIM_OPERATIONS_SUBSCRIBER_H
#define ETSIM_OPERATIONS_SUBSCRIBER_H

#include "operations/object_type.h"

enum { SUBSCRIBER_NOT_FOUND = 12001, SUBSCRIBER_EXISTS = 12014 };

bool subscriber_check(const struct world *world, const struct node *tree, struct outcome *outcome);
void subscriber_complete(struct world *world, struct node *tree, int account);
bool subscriber_change(struct world *world, struct record *record, struct node *changes,
                       struct outcome *outcome);

#endif
