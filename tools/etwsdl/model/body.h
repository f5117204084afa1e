/* What stands in the body of a message. */
#ifndef ETWSDL_MODEL_BODY_H
#define ETWSDL_MODEL_BODY_H

#include "etwsdl/model/model.h"

/* Appends the parts (struct part) that the body of a flow has: those that soap:body lists in
 * `parts`, otherwise all that are not bound to a header. */
void body_parts(struct contract *contract, const struct flow *declared, const struct flow *bound,
                struct list *parts);

/* The local name of the one element of the body; "nothing" and "several parts" are no names. */
const char *body_element(struct contract *contract, const struct flow *declared,
                         const struct flow *bound);

/* The binding that stubs are made of: the first for SOAP 1.1, or for SOAP 1.2 when there is none;
 * what others say of the same messages is the same. NULL when there is neither. */
const struct binding *body_binding(const struct contract *contract);

#endif
