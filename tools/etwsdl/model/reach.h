/* Which types travel in requests and which in answers: derived types and substitutes included. */
#ifndef ETWSDL_MODEL_REACH_H
#define ETWSDL_MODEL_REACH_H

#include "etwsdl/model/model.h"

enum { REACH_REQUEST = 1, REACH_RESPONSE = 2 };

/* Sets reach and itself of types and elements. What no message leads to keeps 0. A wildcard
 * leads to nothing: what it lets in is said of the wildcard. */
void reach_compute(struct contract *contract);

#endif
