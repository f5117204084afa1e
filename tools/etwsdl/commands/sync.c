#include <curl/curl.h>

#include "commands/command.h"
#include "sync/sync.h"

int run_sync(const struct command *command, int argc, char **argv) {
  struct sync_options sync = {.tree = "."};
  const struct option options[] = {
      {.name = "--apply", .flag = &sync.apply},
      {.name = "--force", .flag = &sync.force},
      {.name = "--tree", .value = &sync.tree},
      {.name = "--ca-file", .value = &sync.http.ca_file},
      {.name = "--proxy", .value = &sync.http.proxy},
      {.name = "--imports",
       .more = sync.load.folders,
       .count = &sync.load.folder_count,
       .most = LOAD_MOST_FOLDERS},
  };
  const size_t count = sizeof options / sizeof options[0];
  if (!options_take(command, &argc, argv, options, count, 1, 1))
    return command->usage_exit;
  if ((is_address(argv[0]) && !http_is_fetchable(argv[0], "address")) ||
      (sync.http.proxy && !http_is_fetchable(sync.http.proxy, "--proxy")))
    return command->usage_exit;
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    fprintf(stderr, "etwsdl sync: libcurl cannot be set up\n");
    return EXIT_FAILED;
  }
  int result = sync_contract(argv[0], &sync);
  curl_global_cleanup();
  return result;
}
