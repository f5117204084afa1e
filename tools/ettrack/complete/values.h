/* What values and operands of ettrack may be, by what the help calls them. */
#ifndef ETTRACK_COMPLETE_VALUES_H
#define ETTRACK_COMPLETE_VALUES_H

#include "common/complete.h"
#include "ettrack/cli/command.h"

/* A command line that is being written. */
struct unfinished {
  const struct command *command;
  char *const *words; /* without the one that names the command */
  int count;          /* the last one is being written */
  struct option_place place;
};

/* The value of the option that is being written, or the operand. Prints what there is. */
void complete_value(const struct unfinished *line, const struct completion *completion);
void complete_operands(const struct unfinished *line, const struct completion *completion);

#endif
