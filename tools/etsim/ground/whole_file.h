/* A file that is seen whole or not at all: written beside its place and renamed into it. What is no
 * regular file, /dev/stdout or a pipe, is written as it is, and stays what it is. */
#ifndef ETSIM_GROUND_WHOLE_FILE_H
#define ETSIM_GROUND_WHOLE_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "common/buffer.h"

struct whole_file {
  FILE *stream; /* NULL: it could not be opened */
  const char *path;
  struct buffer beside; /* where it is written; empty: at its place */
};

void whole_file_open(struct whole_file *file, const char *path);

/* To be called in any case.
 * @param good  whether what was to be written is
 * @return false, and errno, when it is not there; what was there before still is */
bool whole_file_close(struct whole_file *file, bool good);

#endif
