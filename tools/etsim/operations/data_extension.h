/* What is particular to the definitions of data extensions. */
#ifndef ETSIM_OPERATIONS_DATA_EXTENSION_H
#define ETSIM_OPERATIONS_DATA_EXTENSION_H

#include "operations/object_type.h"

enum {
  DATA_EXTENSION_DELETE_MISSING = 310002,
  DATA_EXTENSION_EXISTS = 310003,
  DATA_EXTENSION_MISSING = 310004
};

bool data_extension_check(const struct world *world, const struct node *tree,
                          struct outcome *outcome);
void data_extension_complete(struct world *world, struct node *tree, int account);

/* Fields of an update are added to those that are there, or change those of the same name. */
bool data_extension_change(struct world *world, struct record *record, struct node *changes,
                           struct outcome *outcome);

#endif
