/* Simple types, and what all declarations have in common. */
#ifndef ETWSDL_READ_SIMPLE_H
#define ETWSDL_READ_SIMPLE_H

#include "etwsdl/source/xml.h"

/* `owner` is the path of what the declaration stands in, NULL at the top of a schema. */
struct type *read_simple_type(const struct reader *reader, xmlNode *node, const char *owner);

/* A restriction's child that limits values; false when the node is no facet. */
bool read_facet(const struct reader *reader, xmlNode *node, struct type *type);

/* A type of the contract, with nothing said of it but its name. */
struct type *read_new_type(const struct reader *reader, xmlNode *node, const char *owner,
                           enum type_kind kind);
struct type_ref read_type_ref(const struct reader *reader, xmlNode *node, const char *name);

/* block or final, with the schema's default; NULL when nothing is ruled out. */
const char *read_limit(const struct reader *reader, const xmlNode *node, const char *name,
                       const char *otherwise);

/* annotation: keeps its text in *documentation, when that is not NULL. False for other nodes. */
bool read_annotation(const struct reader *reader, xmlNode *node, const char **documentation);

#endif
