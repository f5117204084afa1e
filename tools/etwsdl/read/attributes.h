/* Attributes, and what may stand for any. */
#ifndef ETWSDL_READ_ATTRIBUTES_H
#define ETWSDL_READ_ATTRIBUTES_H

#include "etwsdl/read/simple.h"

/* `owner` is the path of what the declaration stands in, NULL at the top of a schema. */
struct attribute *read_attribute(const struct reader *reader, xmlNode *node, const char *owner);

/* attribute, attributeGroup or anyAttribute; false when the node is none of these. */
bool read_attribute_like(const struct reader *reader, xmlNode *node, const char *owner,
                         struct list *attributes, struct list *groups, struct particle **any);

/* any, anyAttribute: but for how often it comes. */
struct particle *read_any(const struct reader *reader, xmlNode *node);

#endif
