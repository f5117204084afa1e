#include "ettrack/cli/command.h"

#include <stdio.h>
#include <string.h>

enum { ENVIRONMENT_COLUMN = 23 };

static const char *const headings[] = {[SECTION_SENDS] = "Sends",
                                       [SECTION_RECIPIENTS] = "Events and recipients",
                                       [SECTION_OBJECTS] = "Anything else of the service",
                                       [SECTION_PROGRAM] = "ettrack itself"};

/* What follows the options: each part is there or not. */
static void print_rest(const struct manual *manual) {
  for (size_t i = 0; i < MANUAL_NOTES && manual->notes[i].name; i++) {
    putchar('\n');
    help_text(manual->notes[i].text);
  }
  if (!manual->environment)
    return;
  help_terms(manual->environment, ENVIRONMENT_COLUMN);
  putchar('\n');
  help_exits(manual->exits);
}

static void print_overview(void) {
  struct manual manual;
  command_manual(&manual, NULL);
  printf("usage: ettrack COMMAND [OPTION...] [OPERAND...]\n\n");
  help_summary(manual.summary);
  for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
    printf("\n%s:\n", headings[i]);
    for (const struct command *const *at = commands; *at; at++)
      if ((*at)->section == (enum section)i)
        printf("  %-10s %-15s %s\n", (*at)->name, (*at)->operands, (*at)->summary);
  }
  putchar('\n');
  help_text(manual.text);
  help_options(&manual);
  print_rest(&manual);
}

static void print_command(const struct command *command) {
  struct manual manual;
  command_manual(&manual, command);
  printf("usage: ettrack %s%s%s%s\n\n", command->name, *command->operands ? " " : "",
         command->operands, command->takes & OPTIONS_SERVICE ? " [OPTION...]" : "");
  help_summary(command->summary);
  if (*command->text) {
    putchar('\n');
    help_text(command->text);
  }
  help_options(&manual);
  printf("\nExamples:\n%s", command->examples);
  print_rest(&manual);
}

void help_print(const struct command *command) {
  if (command)
    print_command(command);
  else
    print_overview();
}
