/* What the help and the manual page of a command are made of. */
#include <string.h>

#include "etwsdl/commands/command.h"

static const struct manual_term program_exits[] = {
    {"0", "done"},
    {"1", "failed"},
    {"2", "wrong usage"},
    {"3", "incomplete, of check alone; diff and watch have codes of their own"},
    {NULL, NULL}};
static const struct manual_term command_exits[] = {
    {"0", "done"}, {"1", "failed"}, {"2", "wrong usage"}, {NULL, NULL}};

static const struct option help_option[] = {
    {"help", 'h', NULL, "this text", OPTION_FLAG, 0, 0, 0, 0, NULL}, OPTION_ROW_END};
static const struct option program_options[] = {
    {"help", 'h', NULL, "this text", OPTION_FLAG, 0, 0, 0, 0, NULL},
    {"version", 0, NULL, "the version", OPTION_FLAG, 0, 0, 0, 0, NULL},
    OPTION_ROW_END};

/* What every page refers to; a page about itself leaves itself out. */
static const char others[] =
    "ettrack(1) etsim(1) etwsdl(1) etwsdl-diff(1) etwsdl-sync(1) etsoap(3) etsoap-wsdl-update(7)";

static const char *next_name(size_t index, const void *context) {
  (void)context;
  return commands[index] ? commands[index]->name : NULL;
}

const struct command *command_find(const char *name) {
  for (size_t i = 0; commands[i]; i++)
    if (strcmp(name, commands[i]->name) == 0)
      return commands[i];
  const char *near = option_suggestion(name, next_name, NULL);
  if (near)
    complain("there is no command %s: did you mean %s?", name, near);
  else
    complain("there is no command %s; `etwsdl --help` lists them", name);
  return NULL;
}

static void of_program(struct manual *manual) {
  manual->operands = "COMMAND ARGUMENT...";
  manual->summary = "keeps the bindings in step with the contract (WSDL 1.1 with XML Schema)";
  manual->text = "`etwsdl COMMAND --help` says more of each, with examples.\n";
  manual->examples =
      "  etwsdl fetch https://SUBDOMAIN.soap.marketingcloudapis.com/etframework.wsdl "
      "-o new\n"
      "  etwsdl diff wsdl/etframework.wsdl new/etframework.wsdl\n"
      "  etwsdl sync new/etframework.wsdl --apply\n";
  for (size_t i = 0; commands[i] && i < MANUAL_COMMANDS; i++)
    manual->commands[i] = (struct manual_term){commands[i]->name, commands[i]->summary};
  manual_add_options(manual, NULL, program_options);
}

void command_manual(struct manual *manual, const struct command *command) {
  *manual = (struct manual){.program = "etwsdl", .exits = program_exits, .see_also = others};
  if (!command) {
    of_program(manual);
    return;
  }
  manual->command = command->name;
  manual->operands = command->operands;
  manual->summary = command->summary;
  manual->text = command->text;
  manual->examples = command->examples;
  manual->environment = command->environment;
  manual->files = command->files;
  manual->exits = command->exits ? command->exits : command_exits;
  manual_add_options(manual, NULL, command->options);
  manual_add_options(manual, NULL, help_option);
}
