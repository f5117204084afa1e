/* The types of the elements in bodies. */
#ifndef ETWSDL_META_BODIES_H
#define ETWSDL_META_BODIES_H

#include "etwsdl/model/model.h"

/* A body is called by its element. Whether the type of that has a name of its own is a matter of
 * dress: where it has, the bindings are made as if it stood inside the element. */
struct bodies {
  struct map types;    /* by spelled name of the element: struct type, without a name */
  struct map left_out; /* by spelled name: the types that are of nothing else */
};

void bodies_find(struct bodies *bodies, struct contract *contract);

/* The type of an element that the bindings are made of. */
struct type *bodies_type(const struct bodies *bodies, const struct contract *contract,
                         const struct element *element);

bool bodies_leave_out(const struct bodies *bodies, const struct contract *contract,
                      const struct type *type);

#endif
