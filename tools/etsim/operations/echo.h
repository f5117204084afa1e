/* An object of a request on its way back into an answer: the service gives back what it has read,
 * so what the contract requires is there, and what cannot be nil is not. */
#ifndef ETSIM_OPERATIONS_ECHO_H
#define ETSIM_OPERATIONS_ECHO_H

#include "common/buffer.h"
#include "ground/node.h"

/* Writes <ELEMENT xsi:type="...">. `type` is what the contract declares the element to be. */
void echo_write(struct buffer *out, const struct node *object, const char *element,
                const char *type);

#endif
