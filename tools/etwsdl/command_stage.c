#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "bundle.h"
#include "command.h"

int run_stage(const struct command *command, int argc, char **argv) {
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
  if (folder == NULL) {
    fprintf(stderr, "etwsdl stage: say where to write: -o DIR\n");
    return command->usage_exit;
  }
  struct bundle bundle = {.holder = contract_new()};
  struct bundle_reader reader = bundle_from_files;
  reader.context = &load;
  int result = EXIT_FAILED;
  if (!bundle_collect(&bundle, &reader, argv[0], "etframework.wsdl"))
    command_diagnostics(bundle.holder);
  else if (mkdir(folder, 0777) != 0 && errno != EEXIST)
    fprintf(stderr, "etwsdl stage: cannot make %s: %s\n", folder, strerror(errno));
  else if (bundle_write(&bundle, folder))
    result = EXIT_DONE;
  contract_free(bundle.holder);
  return result;
}
