#include "commands/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void command_help(const struct command *command, FILE *out) {
  fprintf(out, "usage: etwsdl %s %s\n\n%s\n\n%s", command->name, command->synopsis,
          command->summary, command->details);
}

static bool complain(const struct command *command, const char *problem, const char *what) {
  fprintf(stderr, "etwsdl %s: %s%s\nusage: etwsdl %s %s\n", command->name, problem, what,
          command->name, command->synopsis);
  return false;
}

static const struct option *find_option(const struct option *options, size_t count,
                                        const char *argument) {
  size_t n = strcspn(argument, "=");
  for (size_t i = 0; i < count; i++) {
    const struct option *option = &options[i];
    if (option->brief && strcmp(argument, option->brief) == 0)
      return option;
    if (strlen(option->name) == n && strncmp(argument, option->name, n) == 0)
      return option;
  }
  return NULL;
}

static bool take_value(const struct command *command, const struct option *option,
                       const char *value) {
  if (!option->more) {
    *option->value = value;
    return true;
  }
  if (*option->count == option->most)
    return complain(command, "too many of ", option->name);
  option->more[(*option->count)++] = value;
  return true;
}

static bool take_option(const struct command *command, const struct option *option, int argc,
                        char **argv, int *i) {
  const char *argument = argv[*i];
  const char *equals = strncmp(argument, "--", 2) == 0 ? strchr(argument, '=') : NULL;
  if (option->flag) {
    if (equals)
      return complain(command, "no value goes with ", option->name);
    *option->flag = true;
    return true;
  }
  if (equals)
    return take_value(command, option, equals + 1);
  if (*i + 1 >= argc)
    return complain(command, "a value is missing after ", argument);
  return take_value(command, option, argv[++*i]);
}

bool options_take(const struct command *command, int *argc, char **argv,
                  const struct option *options, size_t count, int least, int most) {
  int kept = 0;
  bool ended = false;
  for (int i = 0; i < *argc; i++) {
    char *argument = argv[i];
    if (ended || argument[0] != '-' || argument[1] == '\0') {
      argv[kept++] = argument;
    } else if (strcmp(argument, "--") == 0) {
      ended = true;
    } else {
      const struct option *option = find_option(options, count, argument);
      if (!option)
        return complain(command, "unknown option ", argument);
      if (!take_option(command, option, *argc, argv, &i))
        return false;
    }
  }
  *argc = kept;
  if (kept < least)
    return complain(command, "an argument is missing", "");
  if (kept > most)
    return complain(command, "too many arguments: ", argv[most]);
  return true;
}

void command_diagnostics(const struct contract *contract) {
  static const char *const words[] = {"note", "error"};
  for (size_t i = 0; i < contract->diagnostics.count; i++) {
    const struct diagnostic *diagnostic = contract->diagnostics.items[i];
    if (!diagnostic->at.file)
      fprintf(stderr, "etwsdl: %s: %s\n", words[diagnostic->severity], diagnostic->text);
    else
      fprintf(stderr, "%s:%u:%u: %s: %s\n", diagnostic->at.file, diagnostic->at.line,
              diagnostic->at.column, words[diagnostic->severity], diagnostic->text);
  }
}

struct contract *command_load(const char *path, const struct load_options *options) {
  struct contract *contract = contract_load(path, options);
  command_diagnostics(contract);
  if (contract->errors == 0)
    return contract;
  contract_free(contract);
  return NULL;
}

static bool write_all(const char *path, const char *data, size_t size) {
  FILE *file = fopen(path, "wb");
  if (!file)
    return false;
  bool good = fwrite(data, 1, size, file) == size;
  return fclose(file) == 0 && good;
}

bool command_write(const char *path, const char *data, size_t size) {
  struct text temporary = {0};
  bool good;
  if (!path) {
    good = fwrite(data, 1, size, stdout) == size && fflush(stdout) == 0;
    path = "the output";
  } else {
    text_add(&temporary, "%s.new", path);
    good = write_all(text_get(&temporary), data, size) && rename(text_get(&temporary), path) == 0;
  }
  if (!good)
    fprintf(stderr, "etwsdl: cannot write %s: %s\n", path, strerror(errno));
  text_free(&temporary);
  return good;
}
