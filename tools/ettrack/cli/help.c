#include "ettrack/cli/command.h"

#include <stdio.h>
#include <string.h>

static const char settings_text[] =
    "Settings come from options, then the environment, then a file, ~/.config/etsoap/config or "
    "--config FILE:\n"
    "  ETSOAP_ENDPOINT      https://SUBDOMAIN.soap.marketingcloudapis.com/...\n"
    "  ETSOAP_CLIENT_ID     with ETSOAP_CLIENT_SECRET and ETSOAP_AUTH_URL, which is\n"
    "                       https://SUBDOMAIN.auth.marketingcloudapis.com/; the\n"
    "                       endpoint may be left out then\n"
    "  ETSOAP_ACCOUNT_ID    the business unit that the client acts in\n"
    "  ETSOAP_USERNAME      with ETSOAP_PASSWORD\n"
    "  ETSOAP_ACCESS_TOKEN  an OAuth 2 token that you have already\n"
    "  ETSOAP_CA_FILE, ETSOAP_PROXY, ETSOAP_NO_PROXY\n"
    "  ETSOAP_PROFILE       the [name] in the file that counts, as --profile\n"
    "The file has the same names in lower case without the prefix, `endpoint = https://...`.\n";

static const char times_text[] =
    "Times are 2026-11-01, 2026-11-01T10:02 or 2026-11-01T10:02:01Z; without a zone they are in\n"
    "server time, UTC-06:00 all year. 90m, 36h, 7d and 2w are so long ago; now, today and\n"
    "yesterday are words, too. A day alone is its first moment.\n";

static const char exit_text[] =
    "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 incomplete (rows or items are missing).\n";

static const char *const headings[] = {[SECTION_SENDS] = "Sends",
                                       [SECTION_RECIPIENTS] = "Events and recipients",
                                       [SECTION_OBJECTS] = "Anything else of the service",
                                       [SECTION_PROGRAM] = "ettrack itself"};

enum { TEXT_WIDTH = 79 };

/* Paragraphs, filled; lines that begin with a blank stay as they are. */
static void print_text(const char *text) {
  size_t column = 0;
  while (*text) {
    size_t line = strcspn(text, "\n");
    bool as_it_is = *text == ' ' || line == 0;
    if (as_it_is) {
      printf("%s%.*s\n", column ? "\n" : "", (int)line, text);
      column = 0;
    }
    for (const char *word = text; !as_it_is && word < text + line;) {
      size_t n = strcspn(word, " \n");
      bool fits = column == 0 || column + 1 + n <= TEXT_WIDTH;
      printf("%s%.*s", column == 0 ? "" : fits ? " " : "\n", (int)n, word);
      column = fits && column ? column + 1 + n : n;
      word += n + strspn(word + n, " ");
    }
    text += line + (text[line] == '\n');
  }
  if (column)
    putchar('\n');
}

static void print_overview(void) {
  printf("usage: ettrack COMMAND [OPTION...] [OPERAND...]\n"
         "\n"
         "Tracking data of email sends, from the ExactTarget / Marketing Cloud SOAP API.\n");
  for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
    printf("\n%s:\n", headings[i]);
    for (const struct command *const *at = commands; *at; at++)
      if ((*at)->section == (enum section)i)
        printf("  %-10s %-15s %s\n", (*at)->name, (*at)->operands, (*at)->summary);
  }
  putchar('\n');
  print_text(
      "`ettrack COMMAND --help` has the options of a command, and examples. Options may stand "
      "before or behind the operands.");
  putchar('\n');
  print_text(settings_text);
  putchar('\n');
  print_text(exit_text);
}

static void print_options(const struct command *command) {
  static const struct option help[] = {
      {"help", 'h', NULL, "this text", OPTION_FLAG, 0, 0, 0, 0, NULL}, OPTION_ROW_END};
  const char *heading = "";
  printf("\nOptions:\n");
  if (command->own)
    options_help(command->own);
  for (size_t i = 0; i < OPTION_GROUPS; i++) {
    const struct option_group *group = &option_groups[i];
    if (!(group->bit & command->takes))
      continue;
    if (strcmp(heading, group->heading) != 0)
      printf("%s:\n", heading = group->heading);
    options_help(group->options);
  }
  options_help(help);
}

static void print_command(const struct command *command) {
  printf("usage: ettrack %s%s%s%s\n\n%c%s.\n", command->name, *command->operands ? " " : "",
         command->operands, command->takes & OPTIONS_SERVICE ? " [OPTION...]" : "",
         command->summary[0] - 'a' + 'A', command->summary + 1);
  if (*command->text) {
    putchar('\n');
    print_text(command->text);
  }
  print_options(command);
  printf("\nExamples:\n%s", command->examples);
  if (command->takes & OPTIONS_WINDOW) {
    putchar('\n');
    print_text(times_text);
  }
  if (command->takes & OPTIONS_SERVICE) {
    putchar('\n');
    print_text(settings_text);
    putchar('\n');
    print_text(exit_text);
  }
}

void help_print(const struct command *command) {
  if (command)
    print_command(command);
  else
    print_overview();
}
