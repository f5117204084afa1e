/* Which types travel in requests and which in answers: derived types and substitutes included. */
#ifndef ETWSDL_MODEL_REACH_H
#define ETWSDL_MODEL_REACH_H

#include "model/model.h"

enum { REACH_REQUEST = 1, REACH_RESPONSE = 2 };

/* Sets type.reach. A type that no message leads to keeps 0: it may come in a fault or an any. */
void reach_compute(struct contract *contract);

#endif
