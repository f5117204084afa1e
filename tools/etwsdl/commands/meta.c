#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "commands/command.h"
#include "meta/meta.h"

int run_meta(const struct command *command, int argc, char **argv) {
  const char *folder = NULL;
  struct load_options load = {0};
  const struct option options[] = {
      {.name = "--output", .brief = "-o", .value = &folder},
      {.name = "--imports",
       .more = load.folders,
       .count = &load.folder_count,
       .most = LOAD_MOST_FOLDERS},
  };
  if (!options_take(command, &argc, argv, options, 2, 1, 1))
    return command->usage_exit;
  if (!folder) {
    fprintf(stderr, "etwsdl meta: say where to write ets_meta.c: -o DIR\n");
    return command->usage_exit;
  }
  struct contract *contract = contract_load(argv[0], &load);
  struct meta meta;
  struct text path = {0}, source = {0};
  int result = EXIT_FAILED;
  bool good = contract->errors == 0 && meta_build(&meta, contract);

  command_diagnostics(contract);
  if (!good)
    goto cleanup;
  if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
    fprintf(stderr, "etwsdl meta: cannot make %s: %s\n", folder, strerror(errno));
    goto cleanup;
  }
  source = meta_write(&meta);
  text_add(&path, "%s/ets_meta.c", folder);
  if (command_write(text_get(&path), text_get(&source), source.length))
    result = EXIT_DONE;

cleanup:
  text_free(&path);
  text_free(&source);
  contract_free(contract);
  return result;
}
