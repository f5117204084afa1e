#include <string.h>

#include "commands/command.h"
#include "diff/diff.h"

enum { DIFF_SAME = 0, DIFF_COMPATIBLE = 1, DIFF_BREAKING = 2, DIFF_ERROR = 3 };

struct format {
  const char *name;
  struct text (*write)(const struct diff *diff);
};

static const struct format formats[] = {
    {"text", diff_text}, {"markdown", diff_markdown}, {"json", diff_json}};

static const struct format *find_format(const char *name) {
  for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
    if (strcmp(formats[i].name, name) == 0)
      return &formats[i];
  fprintf(stderr, "etwsdl diff: --format %s: say text, markdown or json\n", name);
  return NULL;
}

static int compare(const char *const *paths, const struct load_options *load,
                   const struct format *format, bool documentation, const char *output) {
  struct contract *before = command_load(paths[0], load);
  struct contract *after = command_load(paths[1], load);
  int result = DIFF_ERROR;
  if (before && after) {
    struct diff diff;
    diff_make(&diff, before, after, documentation);
    struct text out = format->write(&diff);
    if (command_write(output, text_get(&out), out.length))
      result = diff.changes.count == 0 ? DIFF_SAME
               : diff.breaking == 0    ? DIFF_COMPATIBLE
                                       : DIFF_BREAKING;
    text_free(&out);
  }
  contract_free(before);
  contract_free(after);
  return result;
}

int run_diff(const struct command *command, int argc, char **argv) {
  const char *format = "text", *output = NULL;
  bool documentation = false;
  struct load_options load = {0};
  const struct option options[] = {
      {.name = "--format", .value = &format},
      {.name = "--output", .brief = "-o", .value = &output},
      {.name = "--documentation", .flag = &documentation},
      {.name = "--imports",
       .more = load.folders,
       .count = &load.folder_count,
       .most = LOAD_MOST_FOLDERS},
  };
  const size_t count = sizeof options / sizeof options[0];
  if (!options_take(command, &argc, argv, options, count, 2, 2))
    return command->usage_exit;
  const struct format *chosen = find_format(format);
  if (!chosen)
    return command->usage_exit;
  return compare((const char *const *)argv, &load, chosen, documentation, output);
}
