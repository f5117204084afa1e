/* The programs inside etwsdl, and what they share: arguments, contracts from files, output. */
#ifndef ETWSDL_COMMANDS_COMMAND_H
#define ETWSDL_COMMANDS_COMMAND_H

#include <stdio.h>

#include "common/exit_code.h"
#include "common/options.h"
#include "common/program.h"
#include "etwsdl/read/load.h"
#include "etwsdl/source/fetch.h"

struct command {
  const char *name;
  const char *operands; /* "OLD NEW" */
  const char *summary;  /* one line */
  const char *text;     /* paragraphs of its help */
  const char *ending;   /* exit codes and examples */
  const struct option *options;
  size_t least, most; /* how many operands there may be */
  int usage_exit;     /* exit code for wrong usage */
  int (*run)(const struct command *command, int argc, char **argv);
};

extern const struct command command_check, command_diff, command_fetch, command_meta;
extern const struct command command_reference, command_stage, command_surface, command_sync;
extern const struct command command_watch;

void command_help(const struct command *command);

/* Reads the words into the struct that the command's options are for. False after saying what is
 * wrong. The operands are to be freed either way. */
bool command_read(const struct command *command, void *into, int argc, char **argv,
                  struct option_list *operands);

#define IMPORTS_HELP "where imports may be that are not beside the contract"

/* Where imports are looked for besides: what --imports says, then wsdl/ of the current folder.
 * False after saying that there are too many. */
bool command_folders(struct import_folders *folders, const struct option_list *imports);

/* Loads and prints what is wrong or not understood to stderr. NULL when it cannot be used. */
struct contract *command_load(const char *path, const struct import_folders *folders);
void command_diagnostics(const struct contract *contract);

/* Whether address and proxy can be used; says what is wrong. */
bool command_addresses(const char *address, const struct http_options *http);

#endif
