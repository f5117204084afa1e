/* ettrack complete: what the last word of a command line may become, for shells. */
#include "common/complete.h"
#include "common/exit_code.h"
#include "ettrack/cli/command.h"
#include "ettrack/complete/values.h"

#include <stdlib.h>
#include <string.h>

/* The word that names the command, or options before it. */
static void complete_command(const struct completion *completion) {
  struct option_table tables[COMMAND_TABLES];
  size_t count = command_tables(tables, NULL);
  if (completion->word[0] == '-')
    complete_options(completion, tables, count);
  else
    for (const struct command *const *at = commands; *at; at++)
      complete_with(completion, (*at)->name, (*at)->summary);
}

static void complete_rest(struct completion *completion, struct unfinished *line) {
  struct option_table tables[COMMAND_TABLES];
  size_t count = command_tables(tables, line->command);
  line->place = options_place(tables, count, line->count, line->words);
  completion->prefix = line->place.prefix;
  if (line->place.option)
    complete_value(line, completion);
  else if (!line->place.plain && completion->word[0] == '-')
    complete_options(completion, tables, count);
  else
    complete_operands(line, completion);
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct option_list *operands = &invocation->operands;
  int count = (int)operands->count;
  struct completion completion = {.word = operands->items[count - 1]};
  char **words = calloc(operands->count, sizeof *words);
  struct unfinished line = {.words = words};
  (void)service;
  if (!words)
    return EXIT_FAILED;
  for (int i = 0; i < count; i++) /* they are of argv, which is not const */
    memcpy(&words[i], &operands->items[i], sizeof *words);
  int index = command_index(count - 1, words);
  if (index < count - 1) {
    line.command = command_find(words[index]);
    for (int i = index; i + 1 < count; i++)
      words[i] = words[i + 1];
    line.count = count - 1;
  }
  if (index >= count - 1)
    complete_command(&completion);
  else if (line.command)
    complete_rest(&completion, &line);
  free(words);
  return EXIT_DONE;
}

const struct command command_complete = {
    .name = "complete",
    .section = SECTION_PROGRAM,
    .operands = "-- WORD...",
    .least = 1,
    .summary = "what may follow on a command line",
    .text =
        "For shells: bash, zsh and fish call it with the words behind `ettrack`, of which the\n"
        "last is being written and may be empty. A line for each candidate, with a tab and what\n"
        "it is behind; a line that begins with a tab asks for files or folders. JobIDs are those\n"
        "that the account's last `ettrack sends` has listed, which a private file in the cache\n"
        "folder keeps. Nothing is asked of the service.\n",
    .examples = "  ettrack complete -- ev\n"
                "  ettrack complete -- events open,\n"
                "  ettrack complete -- retrieve Send --properties ''\n",
    .run = run};
