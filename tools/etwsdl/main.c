/* etwsdl: keeps the bindings in step with the contract. */
#include <libxml/parser.h>
#include <string.h>

#include <etsoap/version.h>

#include "etwsdl/commands/command.h"

static bool is_help(const char *word) {
  return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static int run_command(const struct command *command, int argc, char **argv) {
  for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
    if (is_help(argv[i])) {
      help_print(command);
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
    complain("which command? usage: etwsdl COMMAND ARGUMENT...; see etwsdl --help");
    return EXIT_USAGE;
  }
  if (is_help(argv[1])) {
    help_print(NULL);
    return EXIT_DONE;
  }
  if (strcmp(argv[1], "--version") == 0) {
    puts("etwsdl " ETSOAP_VERSION_TEXT);
    return EXIT_DONE;
  }
  const struct command *command = command_find(argv[1]);
  return command ? run_command(command, argc - 2, argv + 2) : EXIT_USAGE;
}

int main(int argc, char **argv) {
  program_start("etwsdl");
  return program_end(run_words(argc, argv));
}
