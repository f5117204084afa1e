/*
 * The contract in plain dress, for gSOAP: what the model holds written as one document, every type
 * as messages show it. Where two ways to write the same make other C of it, or none that compiles,
 * only one of them is left: groups are written out, a choice of one thing is that thing, what may
 * come 0 times is not there, a body is one element.
 */
#ifndef ETWSDL_META_PLAIN_H
#define ETWSDL_META_PLAIN_H

#include "etwsdl/model/model.h"

/* A WSDL in UTF-8. Free with buffer_free. */
struct buffer plain_write(struct contract *contract);

#endif
