#include "ettrack/complete/values.h"

#include "common/exit_code.h"

#include "ettrack/cli/settings.h"
#include "ettrack/cli/types.h"
#include "ettrack/columns/rates.h"
#include "ettrack/output/formats.h"
#include "ettrack/sends/recent.h"

#include <etsoap/retrievable.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- of the contract ------------------------------------------------------------------------- */

static void object_types(const struct completion *completion) {
  const char *type;
  for (size_t i = 0; (type = ets_retrievable_type(i)); i++) {
    bool rows = strchr(type, '[') != NULL;
    complete_with(completion, rows ? "DataExtensionObject[" : type,
                  rows ? "the rows of a data extension, by its key" : NULL);
  }
}

static void event_types(const struct completion *completion) {
  const struct completion item = complete_item(completion);
  for (int i = 0; i < ETS_EVENT_TYPE_COUNT; i++) {
    const char *name = ets_event_name((ets_event_type)i);
    if (!complete_has(completion, name))
      complete_with(&item, name, ets_event_object_type((ets_event_type)i));
  }
}

static void properties_of(const struct completion *list, const char *object_type) {
  const struct completion item = complete_item(list);
  const char *name;
  for (size_t i = 0; (name = ets_retrievable_property(object_type, i)); i++)
    if (!complete_has(list, name))
      complete_with(&item, name, NULL);
  for (int i = 0; i < ETS_RATE_COUNT && rates_are_of(object_type); i++)
    if (!complete_has(list, ets_rate_name((ets_rate)i)))
      complete_with(&item, ets_rate_name((ets_rate)i), ets_rate_formula((ets_rate)i));
}

/* The object type of a command's rows. Of events the first type that was named. */
static const char *type_of_rows(const struct unfinished *line) {
  static const struct {
    const char *command, *type;
  } known[] = {{"send", "Send"},        {"sends", "Send"},
               {"compare", "Send"},     {"links", "LinkSend"},
               {"lists", "ListSend"},   {"triggered", "TriggeredSendSummary"},
               {"oneone", "SentEvent"}, {"subscriber", "SentEvent"}};
  const char *name = line->command->name;
  const char *operand = line->place.operands > 0 ? line->words[line->place.first] : NULL;
  ets_event_type type;
  if (strcmp(name, "retrieve") == 0)
    return operand;
  if (strcmp(name, "events") == 0 && operand) {
    char first[64];
    snprintf(first, sizeof first, "%.*s", (int)strcspn(operand, ","), operand);
    return ets_event_type_find(&type, first) ? ets_event_object_type(type) : NULL;
  }
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(known[i].command, name) == 0)
      return known[i].type;
  return NULL;
}

/* --- of this machine ------------------------------------------------------------------------- */

/* The options that stand before the word, as far as they can be read; no secret is. */
static void read_options(struct options *options, const struct unfinished *line) {
  struct option_table tables[COMMAND_TABLES];
  struct option_list operands = {0};
  size_t taken = 0, count = command_tables(tables, line->command);
  for (size_t i = 0; i < count; i++)
    if (!tables[i].once && tables[i].options != global_options) {
      tables[taken] = tables[i];
      tables[taken++].into = options;
    }
  const struct options_reader reader = {.tables = tables, .table_count = taken, .help = ""};
  (void)options_read(&reader, line->count - 1, line->words, &operands);
  option_list_free(&operands);
  struct settings_given *given = &options->settings;
  size_t kept = 0;
  for (size_t i = 0; i < given->count; i++)
    if (!given->items[i].in_file)
      given->items[kept++] = given->items[i];
  given->count = kept;
}

/* The profiles of the settings file, NULL when it is none. A key that was pressed waits for no
 * pipe, so this comes before all that reads the file. */
static char *profiles_of(const struct options *options) {
  char *names;
  ets_error error;
  return ets_settings_profiles(&names, options->config, &error) == ETS_OK ? names : NULL;
}

static void job_ids(const struct unfinished *line, const struct completion *completion) {
  struct options options = OPTIONS_INIT;
  struct buffer lines = {0};
  ets_settings *settings;
  read_options(&options, line);
  char *names = profiles_of(&options);
  if (ets_settings_new(&settings) == ETS_OK && names &&
      settings_read(settings, &options) == EXIT_DONE)
    recent_read(&lines, settings);
  for (char *at = lines.data; at && *at;) {
    size_t n = strcspn(at, "\n"), id = strcspn(at, "\t\n");
    char *next = at + n + (at[n] == '\n');
    at[n] = '\0';
    bool told = id < n;
    at[id] = '\0';
    complete_with(completion, at, told ? at + id + 1 : NULL);
    at = next;
  }
  buffer_free(&lines);
  free(names);
  ets_settings_free(settings);
  options_free(&options);
}

static void profiles(const struct unfinished *line, const struct completion *completion) {
  struct options options = OPTIONS_INIT;
  read_options(&options, line);
  char *names = profiles_of(&options);
  for (char *at = names; at && *at;) {
    size_t n = strcspn(at, "\n");
    at[n] = '\0';
    complete_with(completion, at, NULL);
    at += n + 1;
  }
  free(names);
  options_free(&options);
}

/* --- by name --------------------------------------------------------------------------------- */

static void words(const struct completion *completion, const char *const *each) {
  for (; *each; each++)
    complete_with(completion, *each, NULL);
}

static void tables(const struct completion *list) {
  static const char *const others[] = {"sends", "links", "lists", "subscribers", NULL};
  const struct completion item = complete_item(list);
  event_types(list);
  for (size_t i = 0; others[i]; i++)
    if (!complete_has(list, others[i]))
      complete_with(&item, others[i], NULL);
}

static void formats(const struct completion *completion) {
  const char *name;
  for (size_t i = 0; (name = format_name(i)); i++)
    complete_with(completion, name, NULL);
}

static void sinks(const struct completion *completion) {
  static const char *const others[] = {"sqlite:", "postgresql://", NULL};
  words(completion, others);
  complete_folders();
}

static bool is_option(const struct unfinished *line, const char *name) {
  return line->place.option && strcmp(line->place.option->name, name) == 0;
}

static void by_name(const struct unfinished *line, const struct completion *completion,
                    const char *name) {
  static const char *const times[] = {"today", "yesterday", "now", "7d", "30d", NULL};
  static const char *const steps[] = {"setup", "send", "track", NULL};
  const char *type;
  if (complete_named(completion, name))
    return;
  if (strcmp(name, "JOBID") == 0)
    job_ids(line, completion);
  else if (strcmp(name, "OBJECTTYPE") == 0)
    object_types(completion);
  else if (strcmp(name, "TYPE") == 0 || strcmp(name, "TYPE,...") == 0)
    event_types(completion);
  else if (strcmp(name, "FORMAT") == 0)
    formats(completion);
  else if (strcmp(name, "T") == 0)
    words(completion, times);
  else if (strcmp(name, "STEP") == 0)
    words(completion, steps);
  else if (strcmp(name, "SINK") == 0)
    sinks(completion);
  else if (is_option(line, "profile"))
    profiles(line, completion);
  else if (is_option(line, "tables"))
    tables(completion);
  else if ((is_option(line, "properties") || is_option(line, "where")) &&
           (type = type_of_rows(line)))
    properties_of(completion, type);
  else if (strcmp(name, "COMMAND") == 0)
    for (const struct command *const *at = commands; *at; at++)
      complete_with(completion, (*at)->name, (*at)->summary);
}

void complete_value(const struct unfinished *line, const struct completion *completion) {
  by_name(line, completion, line->place.option->value);
}

void complete_operands(const struct unfinished *line, const struct completion *completion) {
  const struct command *command = line->command;
  char name[64];
  if ((!command->most || line->place.operands < command->most) &&
      complete_operand(name, sizeof name, command->operands, line->place.operands))
    by_name(line, completion, name);
}
