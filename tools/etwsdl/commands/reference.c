#include "etwsdl/commands/command.h"

#include "etwsdl/base/file.h"
#include "etwsdl/reference/reference.h"

struct settings {
  const char *output;
  struct option_list imports;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("output", 'o', "DIR", struct settings, output,
                    "where to write; made when it is not there"),
    OPTION_ROW_LIST("imports", 0, "DIR", 1, struct settings, imports, IMPORTS_HELP),
    OPTION_ROW_END};

static int write_pages(const char *path, const struct settings *settings) {
  struct import_folders folders = {0};
  struct meta meta;
  size_t count = 0;
  if (!command_folders(&folders, &settings->imports))
    return EXIT_USAGE;
  struct contract *contract = contract_load(path, &folders);
  bool good = contract->errors == 0 && meta_build(&meta, contract);
  command_diagnostics(contract);
  good = good && folder_make(settings->output) && reference_write(&meta, settings->output, &count);
  if (good)
    fprintf(stderr, "%s/index.html: %zu pages\n", settings->output, count);
  contract_free(contract);
  return good ? EXIT_DONE : EXIT_FAILED;
}

static int run(const struct command *command, int argc, char **argv) {
  struct settings settings = {0};
  struct option_list operands = {0};
  int result = command->usage_exit;
  if (!command_read(command, &settings, argc, argv, &operands))
    goto cleanup;
  if (!settings.output)
    complain("reference: say where to write: -o DIR");
  else
    result = write_pages(operands.items[0], &settings);

cleanup:
  option_list_free(&operands);
  option_list_free(&settings.imports);
  return result;
}

const struct command command_reference = {
    .name = "reference",
    .operands = "WSDL -o DIR",
    .summary = "writes a page for each type: fields, who uses it, names in C, documentation",
    .text =
        "DIR/index.html lists operations, types and enumerations, and searches them, without a\n"
        "server. What can be retrieved is what a Describe of one account lists.\n",
    .examples = "  etwsdl reference wsdl/etframework.wsdl -o reference\n",
    .options = options,
    .least = 1,
    .most = 1,
    .usage_exit = EXIT_USAGE,
    .run = run};
