/* Deep copies, with all that is noted about them. */
#ifndef ETS_COPY_H
#define ETS_COPY_H

#include "base/arena.h"

#include <etsoap/object.h>

/* A copy that lives in the arena and shares nothing with the original. No type when out of
 * memory. */
ets_object ets_object_copy_into(struct ets_arena *arena, ets_object object);

#endif
