#include <curl/curl.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "commands/command.h"
#include "source/fetch.h"

/* What the contract is called when its address does not end in a .wsdl. */
static const char *main_name(struct contract *holder, const char *address) {
  const char *name = local_name(holder, address);
  size_t n = name ? strlen(name) : 0;
  return n > 5 && strcmp(name + n - 5, ".wsdl") == 0 ? name : "etframework.wsdl";
}

static bool make_folder(const char *path) {
  if (mkdir(path, 0777) == 0 || errno == EEXIST)
    return true;
  fprintf(stderr, "etwsdl fetch: cannot make %s: %s\n", path, strerror(errno));
  return false;
}

/* original/NAME, and what they were: SHA256SUMS for sha256sum -c, ORIGIN with address and date. */
static bool write_originals(const struct bundle *bundle, const char *folder) {
  struct text path = {0}, sums = {0}, origin = {0};
  char date[32] = "";
  time_t now = time(NULL);
  struct tm utc;
  bool good = true;

  if (gmtime_r(&now, &utc) != NULL)
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
  text_add(&origin, "fetched %s\n", date);
  for (size_t i = 0; good && i < bundle->files.count; i++) {
    const struct bundle_file *file = bundle->files.items[i];
    text_free(&path);
    text_add(&path, "%s/%s", folder, file->name);
    good = command_write(text_get(&path), file->bytes, file->size);
    text_add(&sums, "%s  %s\n", file->digest, file->name);
    text_add(&origin, "%s %s %s\n", file->name, file->digest, file->origin);
  }
  text_free(&path);
  text_add(&path, "%s/SHA256SUMS", folder);
  good = good && command_write(text_get(&path), text_get(&sums), sums.length);
  text_free(&path);
  text_add(&path, "%s/ORIGIN", folder);
  good = good && command_write(text_get(&path), text_get(&origin), origin.length);
  text_free(&path);
  text_free(&sums);
  text_free(&origin);
  return good;
}

static int write_bundle(const struct bundle *bundle, const char *folder) {
  struct text originals = {0};
  text_add(&originals, "%s/original", folder);
  bool good = make_folder(folder) && make_folder(text_get(&originals)) &&
              write_originals(bundle, text_get(&originals)) && bundle_write(bundle, folder);
  text_free(&originals);
  for (size_t i = 0; good && i < bundle->files.count; i++) {
    const struct bundle_file *file = bundle->files.items[i];
    fprintf(stderr, "%s/%s: %zu bytes from %s, SHA-256 %s\n", folder, file->name, file->size,
            file->origin, file->digest);
  }
  return good ? EXIT_DONE : EXIT_FAILED;
}

int run_fetch(const struct command *command, int argc, char **argv) {
  const char *folder = NULL;
  struct http_options http = {0};
  const struct option options[] = {
      {.name = "--output", .brief = "-o", .value = &folder},
      {.name = "--ca-file", .value = &http.ca_file},
      {.name = "--proxy", .value = &http.proxy},
  };
  if (!options_take(command, &argc, argv, options, 3, 1, 1))
    return command->usage_exit;
  if (!folder) {
    fprintf(stderr, "etwsdl fetch: say where to write: -o DIR\n");
    return command->usage_exit;
  }
  if (!http_is_fetchable(argv[0], "address") ||
      (http.proxy && !http_is_fetchable(http.proxy, "--proxy")))
    return command->usage_exit;
  struct bundle bundle = {.holder = contract_new()};
  int result = EXIT_FAILED;
  if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK &&
      fetch_bundle(&bundle, argv[0], main_name(bundle.holder, argv[0]), &http))
    result = write_bundle(&bundle, folder);
  command_diagnostics(bundle.holder);
  contract_free(bundle.holder);
  curl_global_cleanup();
  return result;
}
