/* The object types as rows. */
#ifndef ETSIM_OPERATIONS_OBJECT_TYPES_H
#define ETSIM_OPERATIONS_OBJECT_TYPES_H

#include "operations/object_type.h"

/* The row of a type, one that fits any when it has none of its own. */
const struct object_type *object_type_find(const char *name);

/* Whether the service creates, updates and deletes objects of this type. */
bool object_type_is_writable(const char *name);

#endif
