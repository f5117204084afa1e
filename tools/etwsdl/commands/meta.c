#include "etwsdl/commands/command.h"

#include <stdlib.h>

#include "etwsdl/base/file.h"
#include "etwsdl/meta/meta.h"
#include "etwsdl/meta/plain.h"

struct settings {
  const char *output;
  struct option_list imports;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("output", 'o', "DIR", struct settings, output,
                    "where to write; made when it is not there"),
    OPTION_ROW_LIST("imports", 0, "DIR", 1, struct settings, imports, IMPORTS_HELP),
    OPTION_ROW_END};

static bool write_file(const char *folder, const char *name, struct buffer text) {
  char *path = need_format("%s/%s", folder, name);
  bool good = file_write(path, buffer_text(&text), text.size);
  free(path);
  buffer_free(&text);
  return good;
}

static bool write_table(const struct meta *meta, const char *folder) {
  return folder_make(folder) && write_file(folder, "ets_meta.c", meta_write(meta)) &&
         write_file(folder, "plain.wsdl", plain_write(meta->contract));
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
    .name = "meta",
    .operands = "WSDL -o DIR",
    .summary = "writes the type and field table for the structs that gSOAP makes of the contract",
    .text = "Writes DIR/plain.wsdl, the contract as wsdl2h is to read it: whatever its dress, one "
            "document and one way to say each thing. And DIR/ets_meta.c, which needs etStub.h "
            "(soapcpp2 -p et) and src/contract/types.h. The build runs it; the compiler checks "
            "everything it assumes about the generated structs.\n",
    .examples = "  etwsdl meta wsdl/etframework.wsdl -o build/generated\n",
    .options = options,
    .least = 1,
    .most = 1,
    .usage_exit = EXIT_USAGE,
    .run = run};
