#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "source/bundle.h"
#include "commands/command.h"

static void put_path(FILE *out, const char *path) {
  for (; *path; path++) {
    if (*path == ' ' || *path == '\\' || *path == '#')
      putc('\\', out);
    if (*path == '$')
      putc('$', out);
    putc(*path, out);
  }
}

/* What was read, as make takes it: the build asks again when one of the files changes. */
static bool write_depfile(const struct bundle *bundle, const char *path, const char *target) {
  FILE *out = fopen(path, "w");
  if (!out) {
    fprintf(stderr, "etwsdl stage: cannot write %s: %s\n", path, strerror(errno));
    return false;
  }
  put_path(out, target);
  putc(':', out);
  for (size_t i = 0; i < bundle->files.count; i++) {
    const struct bundle_file *file = bundle->files.items[i];
    putc(' ', out);
    put_path(out, file->origin);
  }
  putc('\n', out);
  bool written = !ferror(out);
  if (fclose(out) != 0 || !written) {
    fprintf(stderr, "etwsdl stage: cannot write %s\n", path);
    return false;
  }
  return true;
}

int run_stage(const struct command *command, int argc, char **argv) {
  const char *folder = NULL;
  const char *depfile = NULL;
  const char *target = NULL;
  struct load_options load = {0};
  const struct option options[] = {
      {.name = "--output", .brief = "-o", .value = &folder},
      {.name = "--depfile", .value = &depfile},
      {.name = "--target", .value = &target},
      {.name = "--imports",
       .more = load.folders,
       .count = &load.folder_count,
       .most = LOAD_MOST_FOLDERS},
  };
  if (!options_take(command, &argc, argv, options, 4, 1, 1))
    return command->usage_exit;
  if (!folder) {
    fprintf(stderr, "etwsdl stage: say where to write: -o DIR\n");
    return command->usage_exit;
  }
  if ((!depfile) != (!target)) {
    fprintf(stderr, "etwsdl stage: --depfile FILE and --target NAME go together\n");
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
  else if (bundle_write(&bundle, folder) && (!depfile || write_depfile(&bundle, depfile, target)))
    result = EXIT_DONE;
  contract_free(bundle.holder);
  return result;
}
