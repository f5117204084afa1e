#include "etwsdl/commands/command.h"

#include "etwsdl/base/file.h"
#include "etwsdl/facts/facts.h"

struct settings {
  const char *output;
  struct option_list imports;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("output", 'o', "FILE", struct settings, output,
                    "write to FILE instead of the standard output"),
    OPTION_ROW_LIST("imports", 0, "DIR", 1, struct settings, imports, IMPORTS_HELP),
    OPTION_ROW_END};

static int write_surface(const char *path, const struct settings *settings) {
  struct import_folders folders = {0};
  if (!command_folders(&folders, &settings->imports))
    return EXIT_USAGE;
  struct contract *contract = command_load(path, &folders);
  if (!contract)
    return EXIT_FAILED;
  struct buffer out = surface_of(contract);
  bool good = file_write(settings->output, buffer_text(&out), out.size);
  buffer_free(&out);
  contract_free(contract);
  return good ? EXIT_DONE : EXIT_FAILED;
}

static int run(const struct command *command, int argc, char **argv) {
  struct settings settings = {0};
  struct option_list operands = {0};
  int result = command->usage_exit;
  if (command_read(command, &settings, argc, argv, &operands))
    result = write_surface(operands.items[0], &settings);
  option_list_free(&operands);
  option_list_free(&settings.imports);
  return result;
}

const struct command command_surface = {
    .name = "surface",
    .operands = "WSDL",
    .summary = "prints what the contract puts on the wire, one fact per line, sorted",
    .text = "The lines do not depend on prefixes, on the order of declarations or on formatting.\n",
    .examples = "  etwsdl surface wsdl/etframework.wsdl -o generated/surface.txt\n",
    .options = options,
    .least = 1,
    .most = 1,
    .usage_exit = EXIT_USAGE,
    .run = run};
