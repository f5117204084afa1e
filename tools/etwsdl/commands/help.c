/* etwsdl help: the text of --help. */
#include "etwsdl/commands/command.h"

struct settings {
  bool man;
};

static const struct option options[] = {
    OPTION_ROW_FLAG("man", 0, struct settings, man, "as a manual page in mdoc, for man and mandoc"),
    OPTION_ROW_END};

static void print_overview(const struct manual *manual) {
  printf("usage: etwsdl %s\n\n", manual->operands);
  help_summary(manual->summary);
  putchar('\n');
  for (size_t i = 0; commands[i]; i++)
    printf("  %-9s %s\n", commands[i]->name, commands[i]->summary);
  putchar('\n');
  help_text(manual->text);
  help_options(manual);
  putchar('\n');
  help_exits(manual->exits);
}

void help_print(const struct command *command) {
  struct manual manual;
  command_manual(&manual, command);
  if (!command) {
    print_overview(&manual);
    return;
  }
  printf("usage: etwsdl %s %s [OPTION]...\n\n", command->name, command->operands);
  help_summary(command->summary);
  putchar('\n');
  help_text(command->text);
  help_options(&manual);
  putchar('\n');
  help_exits(manual.exits);
  printf("\nExamples:\n%s", command->examples);
}

static int print(const char *name, bool man) {
  const struct command *command = name ? command_find(name) : NULL;
  struct manual manual;
  if (name && !command)
    return EXIT_USAGE;
  if (!man) {
    help_print(command);
    return EXIT_DONE;
  }
  command_manual(&manual, command);
  manual_print(&manual);
  return EXIT_DONE;
}

static int run(const struct command *command, int argc, char **argv) {
  struct settings settings = {0};
  struct option_list operands = {0};
  int result = command->usage_exit;
  if (command_read(command, &settings, argc, argv, &operands))
    result = print(operands.count > 0 ? operands.items[0] : NULL, settings.man);
  option_list_free(&operands);
  return result;
}

const struct command command_help = {.name = "help",
                                     .operands = "[COMMAND]",
                                     .summary = "prints this text, or that of a command",
                                     .text = "",
                                     .examples = "  etwsdl help diff\n"
                                                 "  etwsdl help --man diff | man -l -\n",
                                     .options = options,
                                     .most = 1,
                                     .usage_exit = EXIT_USAGE,
                                     .run = run};
