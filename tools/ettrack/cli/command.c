#include "ettrack/cli/command.h"

#include <string.h>

const struct command *command_find(const char *name) {
  for (const struct command *const *command = commands; *command; command++)
    if (strcmp((*command)->name, name) == 0)
      return *command;
  return NULL;
}
