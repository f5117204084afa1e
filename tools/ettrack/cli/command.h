/* The commands: one file each in commands/, which the build gathers into the list here. */
#ifndef ETTRACK_CLI_COMMAND_H
#define ETTRACK_CLI_COMMAND_H

#include "common/manual.h"
#include "ettrack/cli/options.h"

struct service;

/* The heading that the overview lists a command under. */
enum section { SECTION_SENDS, SECTION_RECIPIENTS, SECTION_OBJECTS, SECTION_PROGRAM };

/* A command as it was called. */
struct invocation {
  const struct command *command;
  struct options options;      /* those that commands share */
  struct option_list operands; /* borrowed from the command line */
  void *own;                   /* the command's own options, see struct command */
  bool help;
};

struct command {
  const char *name;
  enum section section;
  const char *operands; /* "JOBID..."; "": it takes none */
  size_t least;         /* operands */
  size_t most;          /* operands; 0: as many as `operands` says */
  const char *summary;  /* one line, without a full stop */
  const char *text;     /* what else there is to know; may be "" */
  const char *examples;
  unsigned takes;           /* groups of shared options, OPTIONS_... */
  const struct option *own; /* options of its own, into `own_size` zeroed bytes; NULL: none */
  size_t own_size;
  /* Returns an exit code. `service` is NULL for commands that take no OPTIONS_SERVICE. */
  int (*run)(const struct invocation *invocation, struct service *service);
};

extern const struct command *const commands[]; /* ends with NULL */

const struct command *command_find(const char *name);

extern const struct option global_options[]; /* of every command, into what parse.c keeps */

/* What there is to know of a command; NULL: of the program. */
void command_manual(struct manual *manual, const struct command *command);

/* The help of a command; NULL: the overview. */
void help_print(const struct command *command);

enum { COMMAND_TABLES = OPTION_GROUPS + 2 };

/* The tables of what a command takes, into nothing yet; NULL: what stands before one. Returns how
 * many there are, COMMAND_TABLES at most. */
size_t command_tables(struct option_table *tables, const struct command *command);

/* The index of the word that names the command; options may stand before it. `count` when there is
 * none. */
int command_index(int count, char *const *words);

/* Reads the command line. Returns EXIT_DONE, or EXIT_USAGE after saying what is wrong.
 * `invocation` is to be freed either way. */
int invocation_read(struct invocation *invocation, int argc, char **argv);
void invocation_free(struct invocation *invocation);

#endif
