/* The rules a resolved contract has to keep: no cycles, no field twice, derivations that fit. */
#ifndef ETWSDL_READ_CHECK_H
#define ETWSDL_READ_CHECK_H

#include "etwsdl/model/model.h"

void check_contract(struct contract *contract);

#endif
