/* Rows of data extensions: typed columns, primary keys. All of this wants the write lock. */
#ifndef ETSIM_OPERATIONS_ROWS_H
#define ETSIM_OPERATIONS_ROWS_H

#include "operations/object_type.h"

/* Create or Update, and Delete, of a DataExtensionObject. */
void rows_save(const struct object_request *request, const struct node *tree,
               struct outcome *outcome);
void rows_delete(const struct object_request *request, const struct node *tree,
                 struct outcome *outcome);

/* Takes all rows of a data extension away. */
void rows_clear(struct store *store, const struct record *definition);

#endif
