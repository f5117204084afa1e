/* From the words of the command line to a command and its options. */
#include "common/exit_code.h"
#include "common/program.h"
#include "ettrack/cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- which options --------------------------------------------------------------------------- */

struct globals {
  bool help;
  bool version;
};

const struct option global_options[] = {
    OPTION_ROW_FLAG("help", 'h', struct globals, help, "this text"),
    OPTION_ROW_FLAG("version", 0, struct globals, version, "what the program was built from"),
    OPTION_ROW_END};

size_t command_tables(struct option_table *tables, const struct command *command) {
  size_t count = 0;
  if (command && command->own)
    tables[count++] = (struct option_table){command->own, NULL, true};
  for (size_t i = 0; command && i < OPTION_GROUPS; i++)
    if (option_groups[i].bit & command->takes)
      tables[count++] = (struct option_table){option_groups[i].options, NULL, false};
  tables[count++] = (struct option_table){global_options, NULL, false};
  return count;
}

/* The same, and where each of them goes. */
static size_t tables_of(struct option_table *tables, struct invocation *invocation,
                        struct globals *globals) {
  size_t count = command_tables(tables, invocation->command);
  for (size_t i = 0; i < count; i++)
    tables[i].into = tables[i].once                        ? invocation->own
                     : tables[i].options == global_options ? (void *)globals
                                                           : (void *)&invocation->options;
  return count;
}

/* Whether any command takes the option. */
static bool is_known(const char *name) {
  for (size_t i = 0; i < OPTION_GROUPS; i++)
    for (const struct option *option = option_groups[i].options; option->name; option++)
      if (strcmp(option->name, name) == 0)
        return true;
  for (const struct command *const *command = commands; *command; command++)
    for (const struct option *option = (*command)->own; option && option->name; option++)
      if (strcmp(option->name, name) == 0)
        return true;
  return false;
}

static bool say_better(const void *context, const char *name) {
  const struct command *command = context;
  if (strcmp(name, "password") == 0 || strcmp(name, "token") == 0 ||
      strcmp(name, "client-secret") == 0)
    complain("there is no --%s, since other users can read the command line: use --%s-file, or "
             "the environment",
             name, name);
  else if (command && is_known(name))
    complain("ettrack %s has no option --%s: see ettrack %s --help", command->name, name,
             command->name);
  else
    return false;
  return true;
}

/* --- which command --------------------------------------------------------------------------- */

static const char *next_command(size_t index, const void *context) {
  (void)context;
  return commands[index] ? commands[index]->name : NULL;
}

static const struct command *command_named(const char *name) {
  const struct command *command = command_find(name);
  if (command)
    return command;
  const char *near = option_suggestion(name, next_command, NULL);
  if (near)
    complain("there is no command '%s': did you mean %s?", name, near);
  else
    complain("there is no command '%s': see ettrack --help", name);
  return NULL;
}

/* Which of the options take a value is the same for all commands. */
int command_index(int count, char *const *words) {
  size_t tables = OPTION_GROUPS + 1, commands_with_own = 0;
  for (const struct command *const *command = commands; *command; command++)
    commands_with_own++;
  struct option_table *all = calloc(tables + commands_with_own, sizeof *all);
  if (!all)
    return count;
  for (size_t i = 0; i < OPTION_GROUPS; i++)
    all[i].options = option_groups[i].options;
  all[OPTION_GROUPS].options = global_options;
  for (const struct command *const *command = commands; *command; command++)
    if ((*command)->own)
      all[tables++].options = (*command)->own;
  int index = options_first_operand(all, tables, count, words);
  free(all);
  return index;
}

/* --- all of it ------------------------------------------------------------------------------- */

/* The words without the one that names the command. */
static int without(char **words, int count, int index) {
  for (int i = index; i + 1 < count; i++)
    words[i] = words[i + 1];
  return count - 1;
}

static bool read_words(struct invocation *invocation, struct globals *globals, int count,
                       char **words) {
  struct option_table tables[COMMAND_TABLES];
  char help[64] = "ettrack --help";
  const struct command *command = invocation->command;
  struct options_reader reader = {
      .tables = tables, .help = help, .unknown = say_better, .context = command};
  reader.table_count = tables_of(tables, invocation, globals);
  if (command)
    snprintf(help, sizeof help, "ettrack %s --help", command->name);
  return options_read(&reader, count, words, &invocation->operands);
}

static bool check_operands(const struct invocation *invocation) {
  const struct command *command = invocation->command;
  if (invocation->operands.count < command->least) {
    complain("ettrack %s needs %s: see ettrack %s --help", command->name, command->operands,
             command->name);
    return false;
  }
  bool bounded = command->most || !*command->operands;
  if (bounded && invocation->operands.count > command->most) {
    complain("'%s' is too much: ettrack %s %s", invocation->operands.items[command->most],
             command->name, *command->operands ? command->operands : "takes options only");
    return false;
  }
  return true;
}

int invocation_read(struct invocation *invocation, int argc, char **argv) {
  struct globals globals = {false, false};
  int count = argc - 1;
  char **words = argv + 1;
  *invocation = (struct invocation){.options = OPTIONS_INIT};
  int index = command_index(count, words);
  if (index < count) {
    invocation->command = command_named(words[index]);
    if (!invocation->command)
      return EXIT_USAGE;
    count = without(words, count, index);
    size_t size = invocation->command->own_size;
    invocation->own = size ? calloc(1, size) : NULL;
    if (size && !invocation->own) {
      complain("out of memory");
      return EXIT_FAILED;
    }
  }
  if (!read_words(invocation, &globals, count, words))
    return EXIT_USAGE;
  invocation->help = globals.help;
  if (globals.version && !globals.help)
    invocation->command = command_find("version");
  else if (!globals.help && !invocation->command) {
    complain("which command? See ettrack --help");
    return EXIT_USAGE;
  } else if (!globals.help && (!check_operands(invocation) || !options_check(&invocation->options)))
    return EXIT_USAGE;
  return EXIT_DONE;
}

void invocation_free(struct invocation *invocation) {
  option_list_free(&invocation->operands);
  options_free(&invocation->options);
  free(invocation->own);
}
