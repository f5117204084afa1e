/*
 * The content of a type as messages show it: groups expanded, what stands alone in a sequence or a
 * choice taken out of it, its occurrences multiplied. So <sequence minOccurs="0"> around one field
 * and minOccurs="0" of that field are the same.
 */
#ifndef ETWSDL_MODEL_SENT_H
#define ETWSDL_MODEL_SENT_H

#include "etwsdl/model/model.h"

/* Sets type.sent of every complex type; the references of the contract have to be resolved. */
void sent_compute(struct contract *contract);

#endif
