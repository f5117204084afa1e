/* Trees as JSON: [name, type, text, nil, child...]. */
#ifndef ETSIM_STORE_TREE_JSON_H
#define ETSIM_STORE_TREE_JSON_H

#include <jansson.h>

#include "ground/node.h"

/* NULL: out of memory, or a text that is no UTF-8. */
json_t *tree_to_json(const struct node *node);

/* NULL: it is no tree, or out of memory; what there is of it belongs to the parent then. */
struct node *tree_from_json(struct node *parent, const json_t *array);

#endif
