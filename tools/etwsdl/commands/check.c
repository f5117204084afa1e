#include "commands/command.h"
#include "effect/needs.h"

static void list_needs(void) {
  static const char *const words[] = {"type", "base", "field", "value", "operation", "fault"};
  for (size_t i = 0; i < need_count; i++) {
    const struct need *need = &needs[i];
    printf("%s\t%s\t%s\t%s\t%s\n", words[need->kind], need->file, need->owner,
           need->name ? need->name : "", need->detail ? need->detail : "");
  }
}

int run_check(const struct command *command, int argc, char **argv) {
  bool listed = false;
  struct load_options load = {0};
  const struct option options[] = {
      {.name = "--list", .flag = &listed},
      {.name = "--imports",
       .more = load.folders,
       .count = &load.folder_count,
       .most = LOAD_MOST_FOLDERS},
  };
  if (!options_take(command, &argc, argv, options, 2, 0, 1))
    return command->usage_exit;
  if (argc == 0 && !listed) {
    fprintf(stderr, "etwsdl check: say which contract, or --list\n");
    return command->usage_exit;
  }
  if (listed)
    list_needs();
  if (argc == 0)
    return EXIT_DONE;
  struct contract *contract = command_load(argv[0], &load);
  if (!contract)
    return EXIT_FAILED;
  struct meta meta;
  struct list lines = {0};
  meta_build(&meta, contract);
  needs_check(&meta, &lines);
  for (size_t i = 0; i < lines.count; i++)
    fprintf(stderr, "etwsdl: %s: %s\n", contract->path, (const char *)lines.items[i]);
  contract_free(contract);
  return lines.count == 0 ? EXIT_DONE : EXIT_FAILED;
}
