/* etwsdl complete: what the last word of a command line may become, for shells. */
#include "common/complete.h"

#include <stdlib.h>
#include <string.h>

#include "etwsdl/commands/command.h"

static void complete_command(const struct completion *completion) {
  struct manual manual;
  command_manual(&manual, NULL);
  const struct option_table table = {.options = manual.options[0].options};
  if (completion->word[0] == '-')
    complete_options(completion, &table, 1);
  else
    for (size_t i = 0; commands[i]; i++)
      complete_with(completion, commands[i]->name, commands[i]->summary);
}

static void complete_operands(const struct completion *completion, const struct command *command,
                              size_t index) {
  char name[32];
  if (index >= command->most || !complete_operand(name, sizeof name, command->operands, index) ||
      complete_named(completion, name) || strcmp(name, "COMMAND") != 0)
    return;
  complete_command(completion);
}

static void complete_rest(struct completion *completion, const struct command *command,
                          char *const *words, int count) {
  struct manual manual;
  struct option_table tables[MANUAL_TABLES];
  size_t table_count = 0;
  command_manual(&manual, command);
  for (; table_count < MANUAL_TABLES && manual.options[table_count].options; table_count++)
    tables[table_count] = (struct option_table){.options = manual.options[table_count].options};
  struct option_place place = options_place(tables, table_count, count, words);
  completion->prefix = place.prefix;
  if (place.option)
    complete_named(completion, place.option->value);
  else if (!place.plain && completion->word[0] == '-')
    complete_options(completion, tables, table_count);
  else
    complete_operands(completion, command, place.operands);
}

static int run(const struct command *command, int argc, char **argv) {
  bool marked = argc > 0 && strcmp(argv[0], "--") == 0;
  char **words = argv + marked;
  int count = argc - marked;
  if (count == 0) {
    complain("complete: an argument is missing: etwsdl complete %s", command->operands);
    return command->usage_exit;
  }
  struct completion completion = {.word = words[count - 1]};
  if (count == 1)
    complete_command(&completion);
  for (size_t i = 0; count > 1 && commands[i]; i++)
    if (strcmp(commands[i]->name, words[0]) == 0)
      complete_rest(&completion, commands[i], words + 1, count - 1);
  return EXIT_DONE;
}

static const struct option options[] = {OPTION_ROW_END};

const struct command command_complete = {
    .name = "complete",
    .operands = "-- WORD...",
    .summary = "prints what may follow on a command line",
    .text =
        "For shells: bash, zsh and fish call it with the words behind `etwsdl`, of which the last "
        "is being written and may be empty. A line for each candidate, with a tab and what it is "
        "behind; a line that begins with a tab asks for files or folders.\n",
    .examples = "  etwsdl complete -- di\n"
                "  etwsdl complete -- diff --format ''\n",
    .options = options,
    .least = 1,
    .usage_exit = EXIT_USAGE,
    .run = run};
