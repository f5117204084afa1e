/* Who uses a type: fields of other types, requests and answers. */
#ifndef ETWSDL_REFERENCE_USES_H
#define ETWSDL_REFERENCE_USES_H

#include "etwsdl/meta/meta.h"

struct use {
  const char *page; /* of the type that has the field; NULL for an operation */
  const char *text; /* "Send.Email", "request of Retrieve" */
};

/* By name of a type or enumeration: a list of struct use. */
void uses_find(const struct meta *meta, struct map *uses);

#endif
