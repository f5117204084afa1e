/* The programs inside etwsdl, and what they share: arguments, contracts from files, output. */
#ifndef ETWSDL_COMMANDS_COMMAND_H
#define ETWSDL_COMMANDS_COMMAND_H

#include <stdio.h>

#include "read/load.h"

enum exit_code { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_INCOMPLETE = 3 };

struct command {
  const char *name;
  const char *synopsis; /* after the name */
  const char *summary;  /* one line */
  const char *details;  /* the rest of its help, examples included */
  int (*run)(const struct command *command, int argc, char **argv);
  int usage_exit; /* exit code for wrong usage */
};

/* An option takes a value, or sets a flag. `more`/`count` collect a repeatable one. */
struct option {
  const char *name;  /* "--output" */
  const char *brief; /* "-o", or NULL */
  const char **value;
  bool *flag;
  const char **more;
  size_t *count;
  size_t most;
};

/* Takes the options out of argv (everything after `--` is no option). False after a message on
 * stderr when one is unknown or lacks its value, or when not `least` to `most` others are left. */
bool options_take(const struct command *command, int *argc, char **argv,
                  const struct option *options, size_t count, int least, int most);

void command_help(const struct command *command, FILE *out);

/* Loads and prints what is wrong or not understood to stderr. NULL when it cannot be used. */
struct contract *command_load(const char *path, const struct load_options *options);
void command_diagnostics(const struct contract *contract);

/* Writes to the file, by way of a temporary one beside it, or to stdout when path is NULL. */
bool command_write(const char *path, const char *data, size_t size);

int run_check(const struct command *command, int argc, char **argv);
int run_diff(const struct command *command, int argc, char **argv);
int run_fetch(const struct command *command, int argc, char **argv);
int run_meta(const struct command *command, int argc, char **argv);
int run_stage(const struct command *command, int argc, char **argv);
int run_sync(const struct command *command, int argc, char **argv);
int run_surface(const struct command *command, int argc, char **argv);

#endif
