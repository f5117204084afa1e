/* Firing a triggered send: events, the send log, the summary. */
#ifndef ETSIM_OPERATIONS_TRIGGERED_H
#define ETSIM_OPERATIONS_TRIGGERED_H

#include "operations/object_type.h"

enum { TRIGGERED_DEFINITION_NOT_FOUND = 17010 };

/* A definition that is created is not started yet. */
void triggered_complete(struct world *world, struct node *tree, int account);

/* Create of a TriggeredSend. Wants the write lock of the store. */
void triggered_send(const struct object_request *request, const struct node *tree,
                    struct outcome *outcome);

#endif
