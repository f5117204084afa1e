/* Work whose columns are a choice: those shown, and what has to be asked for to show them. */
#ifndef ETTRACK_RUN_CHOSEN_H
#define ETTRACK_RUN_CHOSEN_H

#include "ettrack/run/work.h"

struct chosen {
  struct columns columns;
  struct columns asked; /* for them */
};

/* Does the work when its columns could be made, and returns the exit code; without them memory ran
 * out. Frees them in any case. */
int chosen_perform(struct chosen *chosen, bool made, struct work *work);

#endif
