#include "commands/command.h"
#include "facts/facts.h"

int run_surface(const struct command *command, int argc, char **argv) {
  const char *path = NULL;
  struct load_options load = {0};
  const struct option options[] = {
      {.name = "--output", .brief = "-o", .value = &path},
      {.name = "--imports",
       .more = load.folders,
       .count = &load.folder_count,
       .most = LOAD_MOST_FOLDERS},
  };
  if (!options_take(command, &argc, argv, options, 2, 1, 1))
    return command->usage_exit;
  struct contract *contract = command_load(argv[0], &load);
  if (!contract)
    return EXIT_FAILED;
  struct text out = surface_of(contract);
  bool good = command_write(path, text_get(&out), out.length);
  text_free(&out);
  contract_free(contract);
  return good ? EXIT_DONE : EXIT_FAILED;
}
