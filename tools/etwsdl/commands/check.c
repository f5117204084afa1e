#include "etwsdl/commands/command.h"

#include "etwsdl/effect/needs.h"

struct settings {
  bool list;
  struct option_list imports;
};

static const struct option options[] = {
    OPTION_ROW_FLAG("list", 0, struct settings, list,
                    "print the table, tab-separated: what, file, owner, name, kind"),
    OPTION_ROW_LIST("imports", 0, "DIR", 1, struct settings, imports, IMPORTS_HELP),
    OPTION_ROW_END};

static int check(const char *path, const struct settings *settings) {
  struct import_folders folders = {0};
  struct meta meta;
  struct list lines = {0};
  if (!command_folders(&folders, &settings->imports))
    return EXIT_USAGE;
  struct contract *contract = command_load(path, &folders);
  if (!contract)
    return EXIT_FAILED;
  meta_build(&meta, contract);
  needs_check(&meta, &lines);
  for (size_t i = 0; i < lines.count; i++)
    fprintf(stderr, "etwsdl: %s: %s\n", contract->path, (const char *)lines.items[i]);
  contract_free(contract);
  return lines.count == 0 ? EXIT_DONE : EXIT_FAILED;
}

static int run(const struct command *command, int argc, char **argv) {
  struct settings settings = {0};
  struct option_list operands = {0};
  int result = command->usage_exit;
  if (!command_read(command, &settings, argc, argv, &operands))
    goto cleanup;
  if (settings.list)
    needs_list(stdout);
  if (operands.count > 0)
    result = check(operands.items[0], &settings);
  else if (settings.list)
    result = EXIT_DONE;
  else
    complain("check: say which contract, or --list");

cleanup:
  option_list_free(&operands);
  option_list_free(&settings.imports);
  return result;
}

const struct command command_check = {
    "check",
    "WSDL",
    "Says which parts of the contract that the helper layer needs are gone or changed.",
    "The table is src/contract/needs.def. The build runs this before it compiles anything.\n",
    "\nexit code: 0 everything is there, 1 something is not\n"
    "\n"
    "example:\n"
    "  etwsdl check wsdl/etframework.wsdl\n",
    options,
    0,
    1,
    EXIT_USAGE,
    run};
