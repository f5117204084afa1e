/* Commands that messages tell people to run. */
#ifndef ETTRACK_CLI_HINT_H
#define ETTRACK_CLI_HINT_H

#include "common/buffer.h"
#include "ettrack/cli/options.h"

/* Adds a whole command, safe to paste into a shell: ettrack, the words up to NULL, the settings
 * that this call was given, and the operand, NULL: none. */
void hint_add(struct buffer *out, const struct options *options, const char *const *words,
              const char *operand);

#endif
