/* What the help and the manual page of a command are made of. */
#include "ettrack/cli/command.h"

#include <string.h>

static const struct manual_term environment[] = {
    {"ETSOAP_ENDPOINT", "https://SUBDOMAIN.soap.marketingcloudapis.com/..."},
    {"ETSOAP_CLIENT_ID", "with ETSOAP_CLIENT_SECRET and ETSOAP_AUTH_URL, which is "
                         "https://SUBDOMAIN.auth.marketingcloudapis.com/; the endpoint may be left "
                         "out then"},
    {"ETSOAP_ACCOUNT_ID", "the business unit that the client acts in"},
    {"ETSOAP_USERNAME", "with ETSOAP_PASSWORD"},
    {"ETSOAP_ACCESS_TOKEN", "an OAuth 2 token that you have already"},
    {"ETSOAP_CA_FILE", "authorities to trust, PEM"},
    {"ETSOAP_PROXY", "with ETSOAP_NO_PROXY, hosts that go direct"},
    {"ETSOAP_PROFILE", "the [name] in the file that counts, as --profile"},
    {NULL, NULL}};

static const struct manual_term files[] = {
    {"~/.config/etsoap/config",
     "The settings, see etsoap-config(5); in $XDG_CONFIG_HOME where that is set."},
    {"~/.cache/etsoap/",
     "Tokens, so that processes share them, and the JobIDs of the last `ettrack sends`, for the "
     "completion of command lines; in $XDG_CACHE_HOME where that is set. It may be removed."},
    {NULL, NULL}};

static const struct manual_term exits[] = {{"0", "done"},
                                           {"1", "failed"},
                                           {"2", "wrong usage"},
                                           {"3", "incomplete (rows or items are missing)"},
                                           {NULL, NULL}};

static const char settings[] =
    "Settings come from options, then the environment, then a file, ~/.config/etsoap/config or "
    "--config FILE. The file has the names of the environment in lower case without the prefix, "
    "`endpoint = https://...`.\n";

static const char times[] =
    "Times are 2026-11-01, 2026-11-01T10:02 or 2026-11-01T10:02:01Z; without a zone they are in "
    "server time, UTC-06:00 all year. 90m, 36h, 7d and 2w are so long ago; now, today and "
    "yesterday are words, too. A day alone is its first moment.\n";

static const char about[] =
    "`ettrack COMMAND --help` has the options of a command, and examples. Options may stand before "
    "or behind the operands.\n";

/* What every page refers to; a page about itself leaves itself out. */
static const char others[] =
    "ettrack(1) etsim(1) etwsdl(1) etsoap(3) etsoap-config(5) etsoap-filters(7) etsoap-time(7)";

static void add_note(struct manual *manual, const char *heading, const char *text) {
  size_t count = 0;
  while (manual->notes[count].name)
    count++;
  manual->notes[count] = (struct manual_term){heading, text};
}

static void add_service(struct manual *manual) {
  add_note(manual, "Settings", settings);
  manual->environment = environment;
  manual->files = files;
}

static void of_program(struct manual *manual) {
  manual->operands = "COMMAND [OPERAND...]";
  manual->summary = "tracking data of email sends, from the Marketing Cloud SOAP API";
  manual->text = about;
  manual->examples = "  ettrack sends --since 7d\n"
                     "  ettrack send 12043295\n"
                     "  ettrack events bounce --send 12043295 --format csv -o bounces.csv\n";
  for (size_t i = 0; commands[i] && i < MANUAL_COMMANDS; i++)
    manual->commands[i] = (struct manual_term){commands[i]->name, commands[i]->summary};
  add_service(manual);
}

static void of_command(struct manual *manual, const struct command *command) {
  manual->command = command->name;
  manual->operands = command->operands;
  manual->summary = command->summary;
  manual->text = command->text;
  manual->examples = command->examples;
  manual_add_options(manual, NULL, command->own);
  for (size_t i = 0; i < OPTION_GROUPS; i++)
    if (option_groups[i].bit & command->takes)
      manual_add_options(manual, option_groups[i].heading, option_groups[i].options);
  if (command->takes & OPTIONS_WINDOW)
    add_note(manual, "Times", times);
  if (command->takes & OPTIONS_SERVICE)
    add_service(manual);
}

void command_manual(struct manual *manual, const struct command *command) {
  *manual = (struct manual){.program = "ettrack", .exits = exits, .see_also = others};
  if (command)
    of_command(manual, command);
  else
    of_program(manual);
  manual_add_options(manual, NULL, global_options);
}
