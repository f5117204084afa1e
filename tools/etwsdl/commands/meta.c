#include "etwsdl/commands/command.h"

#include <stdlib.h>

#include "etwsdl/base/file.h"
#include "etwsdl/meta/meta.h"

struct settings {
  const char *output;
  struct option_list imports;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("output", 'o', "DIR", struct settings, output,
                    "where to write; made when it is not there"),
    OPTION_ROW_LIST("imports", 0, "DIR", 1, struct settings, imports, IMPORTS_HELP),
    OPTION_ROW_END};

static bool write_table(const struct meta *meta, const char *folder) {
  if (!folder_make(folder))
    return false;
  struct buffer source = meta_write(meta);
  char *path = need_format("%s/ets_meta.c", folder);
  bool good = file_write(path, buffer_text(&source), source.size);
  free(path);
  buffer_free(&source);
  return good;
}

static int make_table(const char *path, const struct settings *settings) {
  struct import_folders folders = {0};
  struct meta meta;
  if (!command_folders(&folders, &settings->imports))
    return EXIT_USAGE;
  struct contract *contract = contract_load(path, &folders);
  bool good = contract->errors == 0 && meta_build(&meta, contract);
  command_diagnostics(contract);
  good = good && write_table(&meta, settings->output);
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
    complain("meta: say where to write ets_meta.c: -o DIR");
  else
    result = make_table(operands.items[0], &settings);

cleanup:
  option_list_free(&operands);
  option_list_free(&settings.imports);
  return result;
}

const struct command command_meta = {
    "meta",
    "WSDL -o DIR",
    "Writes the type and field table for the structs that gSOAP makes of the contract.",
    "Writes DIR/ets_meta.c, which needs etStub.h (soapcpp2 -p et) and src/contract/types.h. The\n"
    "build runs it; the compiler checks everything it assumes about the generated structs.\n",
    "\nexample:\n"
    "  etwsdl meta wsdl/etframework.wsdl -o build/generated\n",
    options,
    1,
    1,
    EXIT_USAGE,
    run};
