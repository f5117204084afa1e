/* Paths such as Fields.Field[0].Name, a step at a time. */
#ifndef ETS_STEP_H
#define ETS_STEP_H

#include <stdbool.h>
#include <stddef.h>

struct ets_step {
  const char *name;
  size_t length;
  bool indexed;     /* [index] was there */
  size_t index;     /* or 0 */
  const char *rest; /* behind the dot, NULL: this was the last */
};

/* The first step of a path. False when it is none: a name, perhaps an index of digits alone, then
 * the end or a dot and more. */
bool ets_step_take(struct ets_step *step, const char *path);

#endif
