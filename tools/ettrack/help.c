#include "ettrack.h"

#include <stdio.h>

static const char settings_text[] =
    "Settings come from options, then the environment, then --config FILE:\n"
    "  ETSOAP_ENDPOINT      https://SUBDOMAIN.soap.marketingcloudapis.com/Service.asmx\n"
    "  ETSOAP_CLIENT_ID     with ETSOAP_CLIENT_SECRET and ETSOAP_AUTH_URL,\n"
    "                       https://SUBDOMAIN.auth.marketingcloudapis.com/; the endpoint may be\n"
    "                       left out then\n"
    "  ETSOAP_ACCOUNT_ID    the business unit that the client acts in\n"
    "  ETSOAP_USERNAME      with ETSOAP_PASSWORD\n"
    "  ETSOAP_ACCESS_TOKEN  an OAuth 2 token that you have already\n"
    "  ETSOAP_CA_FILE, ETSOAP_PROXY\n"
    "The file has the same names in lower case without the prefix, `endpoint = https://...`.\n";

static const char exit_text[] =
    "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 incomplete (rows or items are missing).\n";

static void print_option(const struct option *option) {
  char left[40];
  char letter[8] = "    ";
  if (option->letter)
    snprintf(letter, sizeof letter, "-%c, ", option->letter);
  snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name, option->value ? " " : "",
           option->value ? option->value : "");
  printf("  %-30s %s\n", left, option->help);
}

static void print_overview(void) {
  printf("usage: ettrack COMMAND [OPTION...] [OPERAND...]\n"
         "\n"
         "Tracking data of email sends, from the ExactTarget / Marketing Cloud SOAP API.\n"
         "\n");
  for (const struct command *command = commands; command->name; command++)
    printf("  %-9s %-15s %s\n", command->name, command->operands, command->summary);
  printf("\n"
         "`ettrack COMMAND --help` has the options of a command, and examples. Options may stand\n"
         "before or behind the operands.\n"
         "\n"
         "%s\n%s",
         settings_text, exit_text);
}

void print_help(const struct command *command) {
  if (!command) {
    print_overview();
    return;
  }
  printf("usage: ettrack %s%s%s%s\n\n%c%s.\n", command->name, *command->operands ? " " : "",
         command->operands, command->bit & FOR_ANY_CALL ? " [OPTION...]" : "",
         command->summary[0] - 'a' + 'A', command->summary + 1);
  if (*command->text)
    printf("\n%s", command->text);
  printf("\nOptions:\n");
  for (const struct option *option = option_table; option->name; option++)
    if (option->commands & command->bit)
      print_option(option);
  printf("\nExamples:\n%s", command->examples);
  if (command->bit & FOR_RETRIEVALS)
    printf("\nTimes are 2026-11-01, 2026-11-01T10:02 or 2026-11-01T10:02:01Z; without a zone they\n"
           "are in server time, UTC-06:00 all year.\n");
  if (command->bit & FOR_ANY_CALL)
    printf("\n%s\n%s", settings_text, exit_text);
}

int run_help(struct ettrack *ettrack) {
  const struct options *options = &ettrack->options;
  const struct command *command = NULL;
  if (options->operand_count > 0) {
    command = command_find(options->operands[0]);
    if (!command) {
      complain("there is no command '%s': see ettrack --help", options->operands[0]);
      return EXIT_CODE_USAGE;
    }
  }
  print_help(command);
  return EXIT_CODE_DONE;
}
