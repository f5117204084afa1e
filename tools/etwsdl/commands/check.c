#include "etwsdl/commands/command.h"

#include <string.h>
#include <unistd.h>

#include "etwsdl/effect/report.h"

struct settings {
  bool list;
  const char *sources, *against;
  struct option_list imports;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("sources", 0, "DIR", struct settings, sources,
                    "also say what the C sources there lose, which are made for the stubs"),
    OPTION_ROW_TEXT("against", 0, "OLD", struct settings, against,
                    "the contract that they were made for; otherwise wsdl/etframework.wsdl"),
    OPTION_ROW_FLAG("list", 0, struct settings, list,
                    "print the table, tab-separated: what, file, owner, name, kind, helper"),
    OPTION_ROW_LIST("imports", 0, "DIR", 1, struct settings, imports, IMPORTS_HELP),
    OPTION_ROW_END};

static void print(const struct contract *contract, const char *word, const struct list *lines) {
  for (size_t i = 0; i < lines->count; i++)
    fprintf(stderr, "etwsdl: %s: %s%s\n", contract->path, word, (const char *)lines->items[i]);
}

/* What nothing can do without fails the build, so it is a failure; the rest is left out. */
static int check_needs(const struct meta *meta) {
  struct needs_result result;
  needs_check(&result, meta);
  print(meta->contract, "", &result.needed);
  print(meta->contract, "missing: ", &result.missing);
  print(meta->contract, "without: ", &result.without);
  if (result.needed.count > 0)
    return EXIT_FAILED;
  return result.missing.count + result.without.count > 0 ? EXIT_INCOMPLETE : EXIT_DONE;
}

static int check_sources(const struct settings *settings, const struct import_folders *folders,
                         const struct meta *meta) {
  const char *path = settings->against ? settings->against : "wsdl/etframework.wsdl";
  struct source_effect effect = {0};
  struct counted counted;
  struct meta old;
  if (!settings->against && access(path, F_OK) != 0) {
    complain("check: no %s here to compare with: run it at the top of the source tree, or say "
             "--against OLD",
             path);
    return EXIT_FAILED;
  }
  struct contract *before = command_load(path, folders);
  if (!before)
    return EXIT_FAILED;
  bool good = meta_build(&old, before) && sources_check(&effect, settings->sources, &old, meta);
  for (size_t i = 0; i < effect.lines.count; i++)
    printf("%s\n", (const char *)effect.lines.items[i]);
  printf("%s: %s, %zu lost", settings->sources, effect_sources(&effect, &counted), effect.losses);
  if (effect.unclear > 0)
    printf(", %zu not understood", effect.unclear);
  printf("\n");
  contract_free(before);
  return !good || effect.losses > 0 ? EXIT_FAILED
         : effect.unclear > 0       ? EXIT_INCOMPLETE
                                    : EXIT_DONE;
}

static int check(const char *path, const struct settings *settings) {
  struct import_folders folders = {0};
  struct meta meta;
  if (!command_folders(&folders, &settings->imports))
    return EXIT_USAGE;
  struct contract *contract = contract_load(path, &folders);
  bool good = contract->errors == 0 && meta_build(&meta, contract);
  command_diagnostics(contract);
  int result = good ? check_needs(&meta) : EXIT_FAILED;
  int lost = good && settings->sources ? check_sources(settings, &folders, &meta) : EXIT_DONE;
  if (lost == EXIT_FAILED || (lost == EXIT_INCOMPLETE && result == EXIT_DONE))
    result = lost;
  contract_free(contract);
  return result;
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

static const struct manual_term exits[] = {
    {"0", "everything is there"},
    {"1", "it does not build, or a source loses something"},
    {"2", "wrong usage"},
    {"3", "it builds and something is left out, or a source of --sources may lose what is not "
          "understood there"},
    {NULL, NULL}};

const struct command command_check = {
    .name = "check",
    .operands = "WSDL",
    .summary = "says what the helper layer, and programs on the stubs, lose with a contract",
    .text = "The table is src/contract/needs.def. The build runs this before it compiles anything. "
            "Nothing can do without what a line without a word in front names; `missing:` a helper "
            "that cannot work; `without:` a property that is not retrieved.\n",
    .exits = exits,
    .examples = "  etwsdl check wsdl/etframework.wsdl\n"
                "  etwsdl check --sources ~/src/mailer new/etframework.wsdl\n",
    .options = options,
    .least = 0,
    .most = 1,
    .usage_exit = EXIT_USAGE,
    .run = run};
