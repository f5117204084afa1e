#include "ettrack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *next_option(size_t index, const void *context) {
  const struct command *command = context;
  for (const struct option *option = option_table; option->name; option++)
    if ((!command || (option->commands & command->bit)) && index-- == 0)
      return option->name;
  return NULL;
}

static const char *next_command(size_t index, const void *context) {
  (void)context;
  return commands[index].name;
}

static bool read_number(int *number, const char *text, int most) {
  char *end;
  errno = 0;
  long value = strtol(text, &end, 10);
  if (*text < '0' || *text > '9' || *end || errno || value < 1 || value > most)
    return false;
  *number = (int)value;
  return true;
}

bool read_job_id(int32_t *job_id, const char *text) {
  int number;
  if (!read_number(&number, text, INT32_MAX)) {
    complain("'%s' is no JobID: expected the whole number that the send call returned", text);
    return false;
  }
  *job_id = number;
  return true;
}

static bool out_of_memory(void) {
  complain("out of memory");
  return false;
}

/* --- values ---------------------------------------------------------------------------------- */

static bool read_names(struct names *names, const char *text) {
  if (names->text) {
    complain("--properties is given twice: name all of them in one, separated by commas");
    return false;
  }
  size_t most = 1;
  for (const char *at = text; *at; at++)
    most += *at == ',';
  names->text = strdup(text);
  names->items = calloc(most, sizeof *names->items);
  if (!names->text || !names->items)
    return out_of_memory();
  for (char *name = names->text, *next; name; name = next) {
    next = strchr(name, ',');
    if (next)
      *next++ = '\0';
    name += strspn(name, " ");
    for (size_t n = strlen(name); n > 0 && name[n - 1] == ' ';)
      name[--n] = '\0';
    if (!*name) {
      complain("--properties has an empty name: expected names separated by commas, "
               "SubscriberKey,EventDate");
      return false;
    }
    names->items[names->count++] = name;
  }
  return true;
}

static bool add_mid(struct numbers *mids, const char *text) {
  int mid;
  if (!read_number(&mid, text, INT32_MAX)) {
    complain("--mid takes the MID of a business unit, a whole number, not '%s'", text);
    return false;
  }
  int32_t *items = realloc(mids->items, (mids->count + 1) * sizeof *items);
  if (!items)
    return out_of_memory();
  mids->items = items;
  mids->items[mids->count++] = mid;
  return true;
}

static bool set_option(struct options *options, const struct option *option, const char *value) {
  void *member = (char *)options + option->offset;
  switch (option->kind) {
  case OPTION_FLAG:
    *(bool *)member = true;
    return true;
  case OPTION_TEXT:
    if (!*value) {
      complain("--%s %s is empty", option->name, option->value);
      return false;
    }
    *(const char **)member = value;
    return true;
  case OPTION_COUNT:
    if (read_number(member, value, option->most))
      return true;
    complain("--%s takes a whole number from 1 to %d, not '%s'", option->name, option->most, value);
    return false;
  case OPTION_NAMES:
    return read_names(member, value);
  case OPTION_MID:
    return add_mid(member, value);
  }
  return false;
}

/* --- arguments ------------------------------------------------------------------------------- */

struct arguments {
  int count;
  char **items;
  int at;
};

static const struct option *find_option(const char *name, size_t n, char letter) {
  for (const struct option *option = option_table; option->name; option++)
    if (letter ? option->letter == letter
               : strlen(option->name) == n && memcmp(option->name, name, n) == 0)
      return option;
  return NULL;
}

static void complain_unknown(const struct options *options, const char *argument, size_t n) {
  char word[64];
  const char *start = argument + strspn(argument, "-");
  size_t length = n - (size_t)(start - argument);
  const struct command *command = options->command;
  if (length >= sizeof word)
    length = sizeof word - 1;
  memcpy(word, start, length);
  word[length] = '\0';
  const char *near = length > 1 ? suggestion_for(word, next_option, command) : NULL;
  if (strcmp(word, "password") == 0 || strcmp(word, "token") == 0 ||
      strcmp(word, "client-secret") == 0)
    complain("there is no --%s, since other users can read the command line: use --%s-file, or "
             "the environment",
             word, word);
  else if (near)
    complain("unknown option '%.*s': did you mean --%s?", (int)n, argument, near);
  else
    complain("unknown option '%.*s': see ettrack %s%s--help", (int)n, argument,
             command ? command->name : "", command ? " " : "");
}

/* One argument that begins with a dash; takes the next one too when that is its value. */
static bool read_option(struct options *options, struct arguments *arguments) {
  const char *argument = arguments->items[arguments->at++];
  bool is_long = argument[1] == '-';
  const char *name = argument + (is_long ? 2 : 1);
  size_t n = is_long ? strcspn(name, "=") : 1;
  const struct option *option = find_option(name, n, is_long ? 0 : *name);
  const char *value = name[n] == '=' && is_long ? name + n + 1
                      : !is_long && name[n]     ? name + n
                                                : NULL;
  if (!option) {
    complain_unknown(options, argument, (size_t)(name - argument) + n);
    return false;
  }
  if (!option->value && value) {
    complain("--%s takes no value", option->name);
    return false;
  }
  if (option->value && !value && arguments->at == arguments->count) {
    complain("--%s needs a value: --%s %s", option->name, option->name, option->value);
    return false;
  }
  if (option->value && !value)
    value = arguments->items[arguments->at++];
  return set_option(options, option, value);
}

static bool take_command(struct options *options, const char *name) {
  options->command = command_find(name);
  if (options->command)
    return true;
  const char *near = suggestion_for(name, next_command, NULL);
  if (near)
    complain("there is no command '%s': did you mean %s?", name, near);
  else
    complain("there is no command '%s': see ettrack --help", name);
  return false;
}

/* Options may stand before, between and behind the others; `--` ends them. */
static bool read_arguments(struct options *options, struct arguments *arguments) {
  bool plain = false;
  while (arguments->at < arguments->count) {
    const char *argument = arguments->items[arguments->at];
    bool is_option = !plain && argument[0] == '-' && argument[1];
    if (is_option && strcmp(argument, "--") == 0) {
      plain = true;
      arguments->at++;
    } else if (is_option && strcmp(argument, "--version") == 0) {
      options->version = true;
      arguments->at++;
    } else if (is_option) {
      if (!read_option(options, arguments))
        return false;
    } else {
      arguments->at++;
      if (options->command)
        options->operands[options->operand_count++] = argument;
      else if (!take_command(options, argument))
        return false;
    }
  }
  return true;
}

/* --- what belongs together ------------------------------------------------------------------- */

/* Whether the option was given, for options that not every command takes. */
static bool is_set(const struct options *options, const struct option *option) {
  const void *member = (const char *)options + option->offset;
  switch (option->kind) {
  case OPTION_FLAG:
    return *(const bool *)member;
  case OPTION_TEXT:
    return *(const char *const *)member != NULL;
  case OPTION_COUNT:
    return *(const int *)member != 0;
  case OPTION_NAMES:
    return ((const struct names *)member)->count > 0;
  case OPTION_MID:
    return ((const struct numbers *)member)->count > 0;
  }
  return false;
}

static bool check_belongs(const struct options *options) {
  const struct command *command = options->command;
  for (const struct option *option = option_table; option->name; option++)
    if (!(option->commands & command->bit) && is_set(options, option)) {
      complain("ettrack %s has no option --%s: see ettrack %s --help", command->name, option->name,
               command->name);
      return false;
    }
  if (options->operand_count < command->operands_least) {
    complain("ettrack %s needs %s: see ettrack %s --help", command->name, command->operands,
             command->name);
    return false;
  }
  if (command->operands_most && options->operand_count > command->operands_most) {
    complain("'%s' is too much: ettrack %s %s", options->operands[command->operands_most],
             command->name, command->operands);
    return false;
  }
  return true;
}

/* +HH:MM, -HH:MM or Z, by way of a date in that zone. */
static bool read_utc_offset(int *minutes, const char *text) {
  char date[40] = "2000-01-01T00:00:00";
  size_t start = strlen(date);
  ets_time time;
  if (strlen(text) <= 6 && strchr("+-Z", *text)) {
    memcpy(date + start, text, strlen(text) + 1);
    if (ets_time_parse(&time, date, 0) == ETS_OK && time.zoned) {
      *minutes = time.offset;
      return true;
    }
  }
  complain("--utc-offset takes +HH:MM, -HH:MM or Z, not '%s'", text);
  return false;
}

static bool read_time(ets_time *time, const char *name, const char *text, int utc_offset) {
  if (!text || ets_time_parse(time, text, utc_offset) == ETS_OK)
    return true;
  complain("--%s '%s' is no time: expected 2026-11-01, 2026-11-01T10:02 or 2026-11-01T10:02:01Z",
           name, text);
  return false;
}

static bool check_values(struct options *options) {
  options->utc_offset = ETS_SERVER_UTC_OFFSET;
  options->jobs = options->jobs ? options->jobs : 1;
  if (options->utc_offset_text && !read_utc_offset(&options->utc_offset, options->utc_offset_text))
    return false;
  if (!read_time(&options->since, "since", options->since_text, options->utc_offset) ||
      !read_time(&options->until, "until", options->until_text, options->utc_offset))
    return false;
  if (options->since_text && options->until_text &&
      ets_time_compare(options->since, options->until) > 0) {
    complain("--since %s is after --until %s", options->since_text, options->until_text);
    return false;
  }
  if (options->format_name && !format_find(&options->format, options->format_name)) {
    complain("there is no format '%s': expected table, csv, tsv, ndjson, json or xml",
             options->format_name);
    return false;
  }
  if (options->all_accounts && options->mids.count > 0) {
    complain("--all-accounts reads every business unit: leave --mid out");
    return false;
  }
  if (options->redact_subscribers && !options->trace) {
    complain("--redact-subscribers belongs to --trace DIR");
    return false;
  }
  if (options->counts && options->no_counts) {
    complain("--counts and --no-counts exclude each other");
    return false;
  }
  return true;
}

int options_read(struct options *options, int argc, char **argv) {
  *options = (struct options){.format = FORMAT_TABLE};
  struct arguments arguments = {argc, argv, 1};
  options->operands = calloc((size_t)argc, sizeof *options->operands);
  if (!options->operands) {
    out_of_memory();
    return EXIT_CODE_FAILED;
  }
  if (!read_arguments(options, &arguments))
    return EXIT_CODE_USAGE;
  if (options->help || options->version)
    return EXIT_CODE_DONE;
  if (!options->command) {
    complain("which command? See ettrack --help");
    return EXIT_CODE_USAGE;
  }
  return check_belongs(options) && check_values(options) ? EXIT_CODE_DONE : EXIT_CODE_USAGE;
}

void options_free(struct options *options) {
  free(options->operands);
  free(options->properties.items);
  free(options->properties.text);
  free(options->mids.items);
}
