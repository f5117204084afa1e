/* etwsdl: keeps the bindings in step with the contract. */
#include <libxml/parser.h>
#include <string.h>

#include <etsoap/version.h>

#include "etwsdl/commands/command.h"

static const struct command *const commands[] = {
    &command_check, &command_diff,    &command_fetch, &command_meta,  &command_reference,
    &command_stage, &command_surface, &command_sync,  &command_watch,
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void usage(FILE *out) {
  fprintf(out, "usage: etwsdl COMMAND ARGUMENT...\n\n"
               "Keeps the bindings in step with the contract (WSDL 1.1 with XML Schema).\n\n");
  for (size_t i = 0; i < COMMANDS; i++)
    fprintf(out, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
  fprintf(out,
          "\n`etwsdl COMMAND --help` says more, with examples; `etwsdl --version` the version.\n"
          "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 incomplete.\n");
}

static bool is_help(const char *word) {
  return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static const char *next_name(size_t index, const void *context) {
  (void)context;
  return index < COMMANDS ? commands[index]->name : NULL;
}

static const struct command *find_command(const char *name) {
  for (size_t i = 0; i < COMMANDS; i++)
    if (strcmp(name, commands[i]->name) == 0)
      return commands[i];
  const char *near = option_suggestion(name, next_name, NULL);
  if (near)
    complain("there is no command %s: did you mean %s?", name, near);
  else
    complain("there is no command %s; `etwsdl --help` lists them", name);
  return NULL;
}

static int run_command(const struct command *command, int argc, char **argv) {
  for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
    if (is_help(argv[i])) {
      command_help(command);
      return EXIT_DONE;
    }
  }
  xmlInitParser();
  int result = command->run(command, argc, argv);
  xmlCleanupParser();
  return result;
}

static int run_words(int argc, char **argv) {
  if (argc < 2) {
    usage(stderr);
    return EXIT_USAGE;
  }
  if (is_help(argv[1]) || strcmp(argv[1], "help") == 0) {
    usage(stdout);
    return EXIT_DONE;
  }
  if (strcmp(argv[1], "--version") == 0) {
    puts("etwsdl " ETSOAP_VERSION_TEXT);
    return EXIT_DONE;
  }
  const struct command *command = find_command(argv[1]);
  return command ? run_command(command, argc - 2, argv + 2) : EXIT_USAGE;
}

int main(int argc, char **argv) {
  program_start("etwsdl");
  return program_end(run_words(argc, argv));
}
