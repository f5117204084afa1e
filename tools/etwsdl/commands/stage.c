#include "etwsdl/commands/command.h"

#include "etwsdl/base/file.h"
#include "etwsdl/source/bundle.h"

struct settings {
  const char *output, *depfile, *target;
  struct option_list imports;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("output", 'o', "DIR", struct settings, output,
                    "where to write; made when it is not there"),
    OPTION_ROW_LIST("imports", 0, "DIR", 1, struct settings, imports, IMPORTS_HELP),
    OPTION_ROW_TEXT("depfile", 0, "FILE", struct settings, depfile,
                    "write what was read as a rule for make, for the target"),
    OPTION_ROW_TEXT("target", 0, "NAME", struct settings, target, "of the name given"),
    OPTION_ROW_END};

static void put_path(struct buffer *out, const char *path) {
  for (; *path; path++) {
    if (*path == ' ' || *path == '\\' || *path == '#')
      buffer_add_char(out, '\\');
    if (*path == '$')
      buffer_add_char(out, '$');
    buffer_add_char(out, *path);
  }
}

/* What was read, as make takes it: the build asks again when one of the files changes. */
static bool write_depfile(const struct bundle *bundle, const char *path, const char *target) {
  struct buffer out = {0};
  put_path(&out, target);
  buffer_add_char(&out, ':');
  for (size_t i = 0; i < bundle->files.count; i++) {
    buffer_add_char(&out, ' ');
    put_path(&out, ((const struct bundle_file *)bundle->files.items[i])->origin);
  }
  buffer_add_char(&out, '\n');
  bool good = file_write(path, buffer_text(&out), out.size);
  buffer_free(&out);
  return good;
}

static int stage(const char *path, const struct settings *settings) {
  struct import_folders folders = {0};
  struct bundle_reader reader = bundle_from_files;
  int result = EXIT_FAILED;
  if (!command_folders(&folders, &settings->imports))
    return EXIT_USAGE;
  struct bundle bundle = {.holder = contract_new()};
  reader.context = &folders;
  if (!bundle_collect(&bundle, &reader, path, "etframework.wsdl"))
    command_diagnostics(bundle.holder);
  else if (folder_make(settings->output) && bundle_write(&bundle, settings->output) &&
           (!settings->depfile || write_depfile(&bundle, settings->depfile, settings->target)))
    result = EXIT_DONE;
  contract_free(bundle.holder);
  return result;
}

static int run(const struct command *command, int argc, char **argv) {
  struct settings settings = {0};
  struct option_list operands = {0};
  int result = command->usage_exit;
  if (!command_read(command, &settings, argc, argv, &operands))
    goto cleanup;
  if (!settings.output)
    complain("stage: say where to write: -o DIR");
  else if (!settings.depfile != !settings.target)
    complain("stage: --depfile FILE and --target NAME go together");
  else
    result = stage(operands.items[0], &settings);

cleanup:
  option_list_free(&operands);
  option_list_free(&settings.imports);
  return result;
}

const struct command command_stage = {
    .name = "stage",
    .operands = "WSDL -o DIR",
    .summary =
        "copies a contract with what it imports into one folder, as the generator wants them",
    .text =
        "DIR gets etframework.wsdl and its imports in UTF-8; every import names the file beside "
        "it. An import that is an address is the file of the same name beside the contract or in "
        "an import folder. Nothing is fetched, or written when one is missing. The build runs "
        "it.\n",
    .examples = "  etwsdl stage ~/Downloads/etframework.wsdl -o stage --imports wsdl\n",
    .options = options,
    .least = 1,
    .most = 1,
    .usage_exit = EXIT_USAGE,
    .run = run};
