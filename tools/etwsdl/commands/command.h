/* The programs inside etwsdl, a file each, which the build gathers into a list, and what they
 * share: arguments, contracts from files, output. */
#ifndef ETWSDL_COMMANDS_COMMAND_H
#define ETWSDL_COMMANDS_COMMAND_H

#include <stdio.h>

#include "common/exit_code.h"
#include "common/manual.h"
#include "common/program.h"
#include "etwsdl/read/load.h"
#include "etwsdl/source/fetch.h"

struct command {
  const char *name;
  const char *operands;                          /* "OLD NEW" */
  const char *summary;                           /* one line, without a full stop */
  const char *text;                              /* paragraphs of its help */
  const struct manual_term *exits;               /* exit codes; NULL: done, failed, wrong usage */
  const struct manual_term *environment, *files; /* that it looks at; NULL: none */
  const char *examples;
  const struct option *options;
  size_t least, most; /* how many operands there may be */
  int usage_exit;     /* exit code for wrong usage */
  int (*run)(const struct command *command, int argc, char **argv);
};

extern const struct command *const commands[]; /* ends with NULL */

/* NULL after saying what may have been meant. */
const struct command *command_find(const char *name);

/* What there is to know of a command; NULL: of the program. */
void command_manual(struct manual *manual, const struct command *command);

/* The help of a command; NULL: the overview. */
void help_print(const struct command *command);

/* Reads the words into the struct that the command's options are for. False after saying what is
 * wrong. The operands are to be freed either way. */
bool command_read(const struct command *command, void *into, int argc, char **argv,
                  struct option_list *operands);

#define IMPORTS_HELP "where imports may be that are not beside the contract"

/* Where imports are looked for besides: what --imports says, then wsdl/ of the current folder.
 * False after saying that there are too many. */
bool command_folders(struct import_folders *folders, const struct option_list *imports);

/* What commands look at that talk to a server. */
extern const struct manual_term command_proxies[];

/* Loads and prints what is wrong or not understood to stderr. NULL when it cannot be used. */
struct contract *command_load(const char *path, const struct import_folders *folders);
void command_diagnostics(const struct contract *contract);

/* Whether address and proxy can be used; says what is wrong. */
bool command_addresses(const char *address, const struct http_options *http);

#endif
