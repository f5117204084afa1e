/* Complex types, elements and what arranges them: each may hold the others. */
#ifndef ETWSDL_READ_TYPES_H
#define ETWSDL_READ_TYPES_H

#include "etwsdl/source/xml.h"

/* `owner` is the path of what the declaration stands in, NULL at the top of a schema. */
struct type *read_complex_type(const struct reader *reader, xmlNode *node, const char *owner);
struct element *read_element(const struct reader *reader, xmlNode *node, const char *owner);

/* sequence, choice, all, group, any, element. */
bool is_particle(const xmlNode *node);
struct particle *read_particle(const struct reader *reader, xmlNode *node, const char *owner);

#endif
