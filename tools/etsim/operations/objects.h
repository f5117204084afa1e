/* Create, Update and Delete of one object each. All of this wants the write lock of the store. */
#ifndef ETSIM_OPERATIONS_OBJECTS_H
#define ETSIM_OPERATIONS_OBJECTS_H

#include "operations/object_type.h"

/* Takes over the tree. */
void objects_save(const struct object_request *request, struct node *tree, struct outcome *outcome);

void objects_delete(const struct object_request *request, const struct node *tree,
                    struct outcome *outcome);

#endif
