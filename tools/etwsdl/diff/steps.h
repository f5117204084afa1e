/* The steps of diff_make: steps.def. */
#ifndef ETWSDL_DIFF_STEPS_H
#define ETWSDL_DIFF_STEPS_H

#include "etwsdl/diff/change.h"

#define STEP(name) void diff_##name(struct diff *diff);
#include "etwsdl/diff/steps.def"
#undef STEP

#endif
