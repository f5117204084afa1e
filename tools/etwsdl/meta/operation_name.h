/* What the bindings call an operation. */
#ifndef ETWSDL_META_OPERATION_NAME_H
#define ETWSDL_META_OPERATION_NAME_H

#include "etwsdl/model/model.h"

/* No message shows an operation's name, and copies may call it otherwise: one with the body of an
 * operation in src/contract/operations.def has the name that it has there, any other its own. */
const char *operation_name(struct contract *contract, const struct binding *binding,
                           const struct operation *operation);

#endif
