#include "etwsdl/commands/command.h"

#include <string.h>

#include "etwsdl/base/file.h"
#include "etwsdl/report/report.h"

enum { DIFF_SAME = 0, DIFF_COMPATIBLE = 1, DIFF_BREAKING = 2, DIFF_ERROR = 3 };

struct settings {
  const char *format, *output;
  bool documentation;
  struct option_list imports;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("format", 0, "text|markdown|json", struct settings, format,
                    "markdown is for a pull request, json (etsoap-wsdl-update(7))"),
    OPTION_ROW_FLAG("documentation", 0, struct settings, documentation,
                    "changed documentation counts, too"),
    OPTION_ROW_TEXT("output", 'o', "FILE", struct settings, output,
                    "write to FILE instead of the standard output"),
    OPTION_ROW_LIST("imports", 0, "DIR", 1, struct settings, imports, IMPORTS_HELP),
    OPTION_ROW_END};

static const struct format {
  const char *name;
  struct buffer (*write)(const struct diff *diff);
} formats[] = {{"text", report_text}, {"markdown", report_markdown}, {"json", report_json}};

static const struct format *find_format(const char *name) {
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (strcmp(formats[i].name, name) == 0)
      return &formats[i];
  complain("--format %s: say text, markdown or json", name);
  return NULL;
}

static int write_diff(struct contract *before, struct contract *after,
                      const struct settings *settings, const struct format *format) {
  struct diff diff;
  diff_make(&diff, before, after, settings->documentation);
  struct buffer out = format->write(&diff);
  bool written = file_write(settings->output, buffer_text(&out), out.size);
  buffer_free(&out);
  if (!written)
    return DIFF_ERROR;
  if (diff.changes.count == 0)
    return DIFF_SAME;
  return diff.breaking == 0 ? DIFF_COMPATIBLE : DIFF_BREAKING;
}

/* What a downloaded contract imports is usually beside the one it is compared with. */
static void add_folder_of(struct import_folders *folders, struct arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  if (slash && folders->count < IMPORT_MOST_FOLDERS)
    folders->paths[folders->count++] = intern_n(arena, path, (size_t)(slash - path));
}

static int compare(const char *const *paths, const struct settings *settings,
                   const struct format *format) {
  struct import_folders folders = {0};
  struct arena *arena = arena_new();
  struct contract *before = NULL, *after = NULL;
  int result = DIFF_ERROR;
  if (!command_folders(&folders, &settings->imports))
    goto cleanup;
  add_folder_of(&folders, arena, paths[0]);
  add_folder_of(&folders, arena, paths[1]);
  before = command_load(paths[0], &folders);
  after = command_load(paths[1], &folders);
  if (before && after)
    result = write_diff(before, after, settings, format);

cleanup:
  contract_free(before);
  contract_free(after);
  arena_free(arena);
  return result;
}

static int run(const struct command *command, int argc, char **argv) {
  struct settings settings = {.format = "text"};
  struct option_list operands = {0};
  int result = command->usage_exit;
  if (command_read(command, &settings, argc, argv, &operands)) {
    const struct format *format = find_format(settings.format);
    if (format)
      result = compare(operands.items, &settings, format);
  }
  option_list_free(&operands);
  option_list_free(&settings.imports);
  return result;
}

static const struct manual_term exits[] = {{"0", "same"},
                                           {"1", "compatible"},
                                           {"2", "breaking"},
                                           {"3", "error or wrong usage"},
                                           {NULL, NULL}};

const struct command command_diff = {
    .name = "diff",
    .operands = "OLD NEW",
    .summary = "says what a new contract changes on the wire, and whom each change breaks",
    .text = "One line per fact, grouped by type. A change is judged for a sender (a program made "
            "from OLD that sends to a service of NEW) and for a reader of what such a service "
            "answers. What no message shows is no change: etsoap-wsdl-update(7) lists what is "
            "compared, and why.\n"
            "\n"
            "  + added, - removed, ~ changed, > moved between base and derived, # reordered.\n",
    .exits = exits,
    .examples =
        "  etwsdl diff wsdl/etframework.wsdl ~/Downloads/etframework.wsdl --format markdown\n",
    .options = options,
    .least = 2,
    .most = 2,
    .usage_exit = DIFF_ERROR,
    .run = run};
