/* Groups and inline types are expanded where they are used: refuses what grows beyond bounds. */
#ifndef ETWSDL_READ_CHECK_SIZE_H
#define ETWSDL_READ_CHECK_SIZE_H

#include "etwsdl/model/model.h"

void check_size(struct contract *contract);

#endif
