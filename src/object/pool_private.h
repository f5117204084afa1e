/* A pool is an arena and the first error. */
#ifndef ETS_POOL_PRIVATE_H
#define ETS_POOL_PRIVATE_H

#include "base/arena.h"

#include <etsoap/pool.h>

struct ets_pool {
  struct ets_arena arena;
  ets_error error;
};

#endif
