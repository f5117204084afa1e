#include "common/complete.h"

#include "common/escape.h"

#include <stdio.h>
#include <string.h>

static void print(const char *text, size_t size) {
  struct buffer out = {0};
  escape_terminal(&out, text, size);
  fputs(buffer_text(&out), stdout);
  buffer_free(&out);
}

void complete_with(const struct completion *completion, const char *candidate, const char *about) {
  const char *begun = completion->word + completion->prefix;
  if (strncmp(candidate, begun, strlen(begun)) != 0)
    return;
  print(completion->word, completion->prefix);
  print(candidate, strlen(candidate));
  if (about) {
    putchar('\t');
    print(about, strlen(about));
  }
  putchar('\n');
}

struct completion complete_item(const struct completion *completion) {
  struct completion item = *completion;
  const char *comma = strrchr(completion->word + completion->prefix, ',');
  if (comma)
    item.prefix = (size_t)(comma - completion->word) + 1;
  return item;
}

bool complete_has(const struct completion *list, const char *name) {
  size_t n = strlen(name);
  for (const char *at = list->word + list->prefix; (at = strstr(at, name)); at += n)
    if ((at == list->word + list->prefix || at[-1] == ',') && at[n] == ',')
      return true;
  return false;
}

void complete_files(void) {
  puts("\tfiles");
}

void complete_folders(void) {
  puts("\tfolders");
}

void complete_options(const struct completion *completion, const struct option_table *tables,
                      size_t table_count) {
  for (size_t i = 0; i < table_count; i++)
    for (const struct option *option = tables[i].options; option->name; option++) {
      char name[64];
      snprintf(name, sizeof name, "--%s", option->name);
      complete_with(completion, name, option->help);
      if (option->letter && strlen(completion->word) <= 2) {
        snprintf(name, sizeof name, "-%c", option->letter);
        if (strcmp(completion->word, name) == 0)
          complete_with(completion, name, option->help);
      }
    }
}

static bool is_literal(const char *name) {
  return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz|") == strlen(name);
}

bool complete_named(const struct completion *completion, const char *name) {
  static const char *const files[] = {"FILE", "FILE...", "CERTIFICATE KEY", "WSDL",
                                      "OLD",  "NEW",     "NEW|URL"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    if (strcmp(name, files[i]) == 0) {
      complete_files();
      return true;
    }
  if (strcmp(name, "DIR") == 0) {
    complete_folders();
    return true;
  }
  if (!is_literal(name))
    return false;
  while (*name) {
    char word[32];
    size_t n = strcspn(name, "|");
    snprintf(word, sizeof word, "%.*s", (int)n, name);
    complete_with(completion, word, NULL);
    name += n + (name[n] == '|');
  }
  return true;
}

bool complete_operand(char *name, size_t size, const char *operands, size_t index) {
  size_t n = 0;
  const char *last = operands;
  for (const char *at = operands; *at; at += strspn(at, " ")) {
    n = strcspn(at, " ");
    last = at;
    if (*at == '-') /* options are no operands: "URL -o DIR" */
      return false;
    if (index == 0)
      break;
    index--;
    at += n;
  }
  const char *dots = strstr(last, "...");
  bool repeats = dots && dots < last + n;
  if (n == 0 || (index > 0 && !repeats))
    return false;
  size_t from = *last == '[', until = from;
  while (until < n && last[until] != '[' && last[until] != ']' && last[until] != '.')
    until++;
  snprintf(name, size, "%.*s", (int)(until - from), last + from);
  return true;
}
