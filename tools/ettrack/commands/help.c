/* ettrack help: the text of --help. */
#include "common/program.h"
#include "ettrack/cli/command.h"

struct own {
  bool man;
};

static int run(const struct invocation *invocation, struct service *service) {
  const struct option_list *operands = &invocation->operands;
  const struct own *own = invocation->own;
  const struct command *command = NULL;
  (void)service;
  if (operands->count > 0 && !(command = command_find(operands->items[0]))) {
    complain("there is no command '%s': see ettrack --help", operands->items[0]);
    return EXIT_USAGE;
  }
  if (own->man) {
    struct manual manual;
    command_manual(&manual, command);
    manual_print(&manual);
  } else {
    help_print(command);
  }
  return EXIT_DONE;
}

static const struct option own[] = {
    OPTION_ROW_FLAG("man", 0, struct own, man, "as a manual page in mdoc, for man and mandoc"),
    OPTION_ROW_END};

const struct command command_help = {.name = "help",
                                     .section = SECTION_PROGRAM,
                                     .operands = "[COMMAND]",
                                     .most = 1,
                                     .summary = "this text, or that of a command",
                                     .text = "",
                                     .examples = "  ettrack help events\n"
                                                 "  ettrack help --man events | man -l -\n",
                                     .own = own,
                                     .own_size = sizeof(struct own),
                                     .run = run};
