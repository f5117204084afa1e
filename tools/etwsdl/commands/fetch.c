#include "etwsdl/commands/command.h"

#include <curl/curl.h>
#include <string.h>
#include <time.h>

#include "etwsdl/base/file.h"

struct settings {
  const char *output;
  struct http_options http;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("output", 'o', "DIR", struct settings, output,
                    "where to write; made when it is not there"),
    OPTION_ROW_TEXT("ca-file", 0, "FILE", struct settings, http.ca_file,
                    "authorities to trust, PEM, instead of the system's"),
    OPTION_ROW_TEXT("proxy", 0, "URL", struct settings, http.proxy,
                    "instead of https_proxy, http_proxy, no_proxy of the environment"),
    OPTION_ROW_END};

/* What the contract is called when its address does not end in a .wsdl. */
static const char *main_name(struct contract *holder, const char *address) {
  const char *name = local_name(holder, address);
  size_t n = name ? strlen(name) : 0;
  return n > 5 && strcmp(name + n - 5, ".wsdl") == 0 ? name : "etframework.wsdl";
}

/* original/NAME, and what they were: SHA256SUMS for sha256sum -c, ORIGIN with address and date. */
static bool write_originals(const struct bundle *bundle, const char *folder) {
  struct buffer path = {0}, sums = {0}, origin = {0};
  char date[32] = "";
  time_t now = time(NULL);
  struct tm utc;
  bool good = true;

  if (gmtime_r(&now, &utc))
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
  buffer_printf(&origin, "fetched %s\n", date);
  for (size_t i = 0; good && i < bundle->files.count; i++) {
    const struct bundle_file *file = bundle->files.items[i];
    buffer_free(&path);
    buffer_printf(&path, "%s/%s", folder, file->name);
    good = file_write(buffer_text(&path), file->bytes, file->size);
    buffer_printf(&sums, "%s  %s\n", file->digest, file->name);
    buffer_printf(&origin, "%s %s %s\n", file->name, file->digest, file->origin);
  }
  buffer_free(&path);
  buffer_printf(&path, "%s/SHA256SUMS", folder);
  good = good && file_write(buffer_text(&path), buffer_text(&sums), sums.size);
  buffer_free(&path);
  buffer_printf(&path, "%s/ORIGIN", folder);
  good = good && file_write(buffer_text(&path), buffer_text(&origin), origin.size);
  buffer_free(&path);
  buffer_free(&sums);
  buffer_free(&origin);
  return good;
}

static int write_bundle(const struct bundle *bundle, const char *folder) {
  struct buffer originals = {0};
  buffer_printf(&originals, "%s/original", folder);
  bool good = folder_make(folder) && folder_make(buffer_text(&originals)) &&
              write_originals(bundle, buffer_text(&originals)) && bundle_write(bundle, folder);
  buffer_free(&originals);
  for (size_t i = 0; good && i < bundle->files.count; i++) {
    const struct bundle_file *file = bundle->files.items[i];
    fprintf(stderr, "%s/%s: %zu bytes from %s, SHA-256 %s\n", folder, file->name, file->size,
            file->origin, file->digest);
  }
  return good ? EXIT_DONE : EXIT_FAILED;
}

static int fetch(const char *address, const struct settings *settings) {
  struct bundle bundle = {.holder = contract_new()};
  int result = EXIT_FAILED;
  if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK &&
      fetch_bundle(&bundle, address, main_name(bundle.holder, address), &settings->http))
    result = write_bundle(&bundle, settings->output);
  command_diagnostics(bundle.holder);
  contract_free(bundle.holder);
  curl_global_cleanup();
  return result;
}

static int run(const struct command *command, int argc, char **argv) {
  struct settings settings = {0};
  struct option_list operands = {0};
  int result = command->usage_exit;
  if (!command_read(command, &settings, argc, argv, &operands))
    goto cleanup;
  if (!settings.output)
    complain("fetch: say where to write: -o DIR");
  else if (command_addresses(operands.items[0], &settings.http))
    result = fetch(operands.items[0], &settings);

cleanup:
  option_list_free(&operands);
  return result;
}

const struct command command_fetch = {
    .name = "fetch",
    .operands = "URL -o DIR",
    .summary = "downloads a contract and what it imports",
    .text =
        "The server is verified; up to 5 redirects, never from HTTPS to HTTP. Nothing is written "
        "when anything fails. DIR gets copies in UTF-8 whose imports name the files beside them, "
        "in DIR/original the bytes as they came, with SHA256SUMS and ORIGIN (addresses and "
        "date).\n",
    .environment = command_proxies,
    .examples =
        "  etwsdl fetch https://SUBDOMAIN.soap.marketingcloudapis.com/etframework.wsdl -o new\n",
    .options = options,
    .least = 1,
    .most = 1,
    .usage_exit = EXIT_USAGE,
    .run = run};
