/* ettrack help: the text of --help. */
#include "common/program.h"
#include "ettrack/cli/command.h"

static int run(const struct invocation *invocation, struct service *service) {
  const struct option_list *operands = &invocation->operands;
  const struct command *command = NULL;
  (void)service;
  if (operands->count > 0 && !(command = command_find(operands->items[0]))) {
    complain("there is no command '%s': see ettrack --help", operands->items[0]);
    return EXIT_USAGE;
  }
  help_print(command);
  return EXIT_DONE;
}

const struct command command_help = {.name = "help",
                                     .section = SECTION_PROGRAM,
                                     .operands = "[COMMAND]",
                                     .most = 1,
                                     .summary = "this text, or that of a command",
                                     .text = "",
                                     .examples = "  ettrack help events\n",
                                     .run = run};
