#include "etwsdl/commands/command.h"

const struct manual_term command_proxies[] = {
    {"https_proxy, http_proxy", "The proxy to go through, unless --proxy names one."},
    {"no_proxy", "Hosts that go direct."},
    {NULL, NULL}};

static bool too_few_or_many(const struct command *command, const struct option_list *operands) {
  if (operands->count >= command->least && operands->count <= command->most)
    return false;
  if (operands->count < command->least)
    complain("%s: an argument is missing: etwsdl %s %s", command->name, command->name,
             command->operands);
  else
    complain("%s: too many arguments, from '%s' on: etwsdl %s %s", command->name,
             operands->items[command->most], command->name, command->operands);
  return true;
}

bool command_read(const struct command *command, void *into, int argc, char **argv,
                  struct option_list *operands) {
  const struct option_table tables[] = {{.options = command->options, .into = into}};
  struct buffer help = {0};
  buffer_printf(&help, "etwsdl %s --help", command->name);
  const struct options_reader reader = {
      .tables = tables, .table_count = 1, .help = buffer_text(&help)};
  bool good = options_read(&reader, argc, argv, operands);
  buffer_free(&help);
  return good && !too_few_or_many(command, operands);
}

bool command_folders(struct import_folders *folders, const struct option_list *imports) {
  if (imports->count >= IMPORT_MOST_FOLDERS) {
    complain("--imports: at most %d folders", IMPORT_MOST_FOLDERS - 1);
    return false;
  }
  for (size_t i = 0; i < imports->count; i++)
    folders->paths[folders->count++] = imports->items[i];
  folders->paths[folders->count++] = "wsdl";
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

struct contract *command_load(const char *path, const struct import_folders *folders) {
  struct contract *contract = contract_load(path, folders);
  command_diagnostics(contract);
  if (contract->errors == 0)
    return contract;
  contract_free(contract);
  return NULL;
}

bool command_addresses(const char *address, const struct http_options *http) {
  return (!address || http_is_fetchable(address, "address")) &&
         (!http->proxy || http_is_fetchable(http->proxy, "--proxy"));
}
