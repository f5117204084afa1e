/* Where the data goes: stdout, or a file that appears only when it is whole. */
#ifndef ETTRACK_OUTPUT_TARGET_H
#define ETTRACK_OUTPUT_TARGET_H

#include <stdbool.h>

struct target {
  const char *path; /* as the user gave it; NULL: stdout */
  char *real;       /* the same with links followed */
  char *temporary;  /* beside `path`; NULL: written directly (stdout, a device, a pipe) */
  int file;
};

/* `path` NULL or "-": stdout. Returns 0, or errno. */
int target_open(struct target *target, const char *path);

/* The data is whole: it takes the place of `path`. Returns 0, or errno. */
int target_commit(struct target *target);

/* The data is not whole. With `keep` what there is becomes PATH.partial and *kept names it (free
 * it); otherwise nothing is left. `path` itself stays as it was. */
void target_abandon(struct target *target, bool keep, char **kept);

#endif
