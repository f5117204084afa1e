/* Which part of the windows this machine takes. */
#ifndef ETTRACK_EXPORT_SHARD_H
#define ETTRACK_EXPORT_SHARD_H

#include "common/options.h"

#include <stdint.h>

struct shard {
  uint32_t number, of; /* 0 of 0: all of them */
};

/* "2/4"; "auto": the array task of Slurm, or the pod of an indexed Kubernetes job, that this runs
 * in. */
option_reader shard_read;

#endif
