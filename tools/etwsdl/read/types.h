/* The inside of declarations: types, particles, attributes. Used by schema.c and by each other. */
#ifndef ETWSDL_READ_TYPES_H
#define ETWSDL_READ_TYPES_H

#include "etwsdl/source/xml.h"

/* `owner` is the path of what the declaration stands in, NULL at the top of a schema. */
struct type *read_complex_type(const struct reader *reader, xmlNode *node, const char *owner);
struct type *read_simple_type(const struct reader *reader, xmlNode *node, const char *owner);
struct element *read_element(const struct reader *reader, xmlNode *node, const char *owner);
struct attribute *read_attribute(const struct reader *reader, xmlNode *node, const char *owner);

/* sequence, choice, all, group, any, element. */
bool is_particle(const xmlNode *node);
struct particle *read_particle(const struct reader *reader, xmlNode *node, const char *owner);
struct particle *read_any(const struct reader *reader, xmlNode *node);

/* attribute, attributeGroup or anyAttribute; false when the node is none of these. */
bool read_attribute_like(const struct reader *reader, xmlNode *node, const char *owner,
                         struct list *attributes, struct list *groups, struct particle **any);

/* A restriction's child that limits values; false when the node is no facet. */
bool read_facet(const struct reader *reader, xmlNode *node, struct type *type);

/* block or final, with the schema's default; NULL when nothing is ruled out. */
const char *read_limit(const struct reader *reader, const xmlNode *node, const char *name,
                       const char *otherwise);

/* annotation: keeps its text in *documentation, when that is not NULL. False for other nodes. */
bool read_annotation(const struct reader *reader, xmlNode *node, const char **documentation);

#endif
