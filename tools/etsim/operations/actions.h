/* What can be done with objects by Perform and Schedule: one row an action. */
#ifndef ETSIM_OPERATIONS_ACTIONS_H
#define ETSIM_OPERATIONS_ACTIONS_H

#include "operations/object_type.h"

/* What came out beside the outcome. */
struct task {
  char id[GUID_SIZE]; /* of the work that was started, "" when there is none */
};

/* Does it to the object that the tree names. Wants the write lock of the store. */
void action_perform(const struct object_request *request, const char *action,
                    const struct node *tree, struct outcome *outcome, struct task *task);

/* Whether Perform knows the action for the type. */
bool action_is_known(const char *type, const char *action);

#endif
