#include "etwsdl/commands/command.h"

#include <curl/curl.h>

#include "etwsdl/sync/sync.h"

static const struct option options[] = {
    OPTION_ROW_FLAG("apply", 0, struct sync_options, apply,
                    "replace wsdl/ and generated/surface.txt"),
    OPTION_ROW_FLAG("force", 0, struct sync_options, force,
                    "apply although src/ needs what is gone, to change src/ afterwards"),
    OPTION_ROW_TEXT("tree", 0, "DIR", struct sync_options, tree,
                    "the top of the source tree; otherwise the current folder"),
    OPTION_ROW_TEXT("sources", 0, "DIR", struct sync_options, sources,
                    "programs on the stubs, to say what they lose"),
    OPTION_ROW_LIST("imports", 0, "DIR", 1, struct sync_options, imports, IMPORTS_HELP),
    OPTION_ROW_TEXT("ca-file", 0, "FILE", struct sync_options, http.ca_file, "as for fetch"),
    OPTION_ROW_TEXT("proxy", 0, "URL", struct sync_options, http.proxy, "as for fetch"),
    OPTION_ROW_END};

static int sync_with(const char *origin, struct sync_options *settings) {
  if (!command_folders(&settings->folders, &settings->imports) ||
      !command_addresses(is_address(origin) ? origin : NULL, &settings->http))
    return EXIT_USAGE;
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    complain("libcurl cannot be set up");
    return EXIT_FAILED;
  }
  int result = sync_contract(origin, settings);
  curl_global_cleanup();
  return result;
}

static int run(const struct command *command, int argc, char **argv) {
  struct sync_options settings = {.tree = "."};
  struct option_list operands = {0};
  int result = command->usage_exit;
  if (command_read(command, &settings, argc, argv, &operands))
    result = sync_with(operands.items[0], &settings);
  option_list_free(&operands);
  option_list_free(&settings.imports);
  return result;
}

const struct command command_sync = {
    .name = "sync",
    .operands = "NEW|URL",
    .summary = "brings a source tree in step with a new contract",
    .text =
        "Fetches or reads it with its imports, refuses it when it is invalid, says what it does "
        "to src/ and to programs on the stubs, tries to generate the bindings in a scratch "
        "folder, and says what changes on the wire. With --apply it then replaces wsdl/ and "
        "generated/surface.txt, both or none of them.\n",
    .environment = command_proxies,
    .examples =
        "  etwsdl sync ~/Downloads/etframework.wsdl\n"
        "  etwsdl sync https://SUBDOMAIN.soap.marketingcloudapis.com/etframework.wsdl --apply\n",
    .options = options,
    .least = 1,
    .most = 1,
    .usage_exit = EXIT_USAGE,
    .run = run};
