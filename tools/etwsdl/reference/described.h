/* What a Describe of the service lists as retrievable: src/contract/retrievable.def. */
#ifndef ETWSDL_REFERENCE_DESCRIBED_H
#define ETWSDL_REFERENCE_DESCRIBED_H

#include <stdbool.h>
#include <stddef.h>

struct described {
  const char *property; /* "Client.ID" */
  const char *type;     /* "Int32", or "" */
};

/* The properties of an object type; NULL when it is not listed. */
const struct described *described_properties(const char *object_type, size_t *count);

/* Whether the property, or one below it ("Client.ID" for Client), is listed. */
bool described_has(const char *object_type, const char *property);

#endif
