#include "etwsdl/commands/command.h"

#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "etwsdl/base/file.h"
#include "etwsdl/effect/report.h"
#include "etwsdl/read/load.h"
#include "etwsdl/report/report.h"
#include "etwsdl/source/digest.h"

enum { WATCH_SAME = 0, WATCH_COMPATIBLE = 1, WATCH_BREAKING = 2, WATCH_ERROR = 3 };

struct settings {
  const char *tree, *state, *notify;
  struct http_options http;
};

static const struct option options[] = {
    OPTION_ROW_TEXT("tree", 0, "DIR", struct settings, tree,
                    "the top of the source tree; otherwise the current folder"),
    OPTION_ROW_TEXT("notify", 0, "COMMAND", struct settings, notify,
                    "gets the report on its standard input, once for each contract"),
    OPTION_ROW_TEXT("state", 0, "DIR", struct settings, state,
                    "what was fetched last; otherwise in $XDG_STATE_HOME or ~/.local/state"),
    OPTION_ROW_TEXT("ca-file", 0, "FILE", struct settings, http.ca_file, "as for fetch"),
    OPTION_ROW_TEXT("proxy", 0, "URL", struct settings, http.proxy, "as for fetch"),
    OPTION_ROW_END};

struct watch {
  const struct settings *settings;
  const char *address;
  char *state;  /* folder of this address: one file a document, contract/, told */
  char *folder; /* state/contract: what was fetched, with local imports */
  struct bundle bundle;
  struct contract *old, *new;
};

/* --- the folder ------------------------------------------------------------------------------- */

static bool make_folders(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    bool good = mkdir(path, 0700) == 0 || errno == EEXIST;
    *slash = '/';
    if (!good)
      break;
  }
  return folder_make(path);
}

static bool prepare(struct watch *watch) {
  const char *home = getenv("HOME"), *state = getenv("XDG_STATE_HOME");
  char digest[65];
  digest_sha256(digest, watch->address, strlen(watch->address));
  digest[16] = '\0';
  if (watch->settings->state)
    watch->state = need_format("%s/%s", watch->settings->state, digest);
  else if (state && *state == '/')
    watch->state = need_format("%s/etsoap/watch/%s", state, digest);
  else if (home && *home == '/')
    watch->state = need_format("%s/.local/state/etsoap/watch/%s", home, digest);
  if (!watch->state) {
    complain("watch: there is no HOME: say where to keep what was fetched, --state DIR");
    return false;
  }
  watch->folder = need_format("%s/contract", watch->state);
  return make_folders(watch->state) && folder_make(watch->folder);
}

/* --- comparing -------------------------------------------------------------------------------- */

/* What is kept for the next time is what could be read. */
static bool fetch(struct watch *watch, bool afresh) {
  static const struct import_folders none = {0};
  struct http_options http = watch->settings->http;
  char *new = need_format("%s/etframework.wsdl", watch->folder);
  http.cache = watch->state;
  http.afresh = afresh;
  watch->bundle = (struct bundle){.holder = contract_new()};
  bool good = fetch_bundle(&watch->bundle, watch->address, "etframework.wsdl", &http) &&
              bundle_write(&watch->bundle, watch->folder);
  watch->new = good ? contract_load(new, &none) : NULL;
  good = good && watch->new->errors == 0 && fetch_keep(&watch->bundle, &http);
  free(new);
  return good;
}

static bool took_what_was_kept(const struct watch *watch) {
  for (size_t i = 0; i < watch->bundle.files.count; i++)
    if (((const struct bundle_file *)watch->bundle.files.items[i])->was_kept)
      return true;
  return false;
}

/* What was kept may be what is wrong, whatever the server says of it. */
static bool fetch_new(struct watch *watch) {
  bool good = fetch(watch, false);
  if (!good && took_what_was_kept(watch)) {
    contract_free(watch->bundle.holder);
    contract_free(watch->new);
    good = fetch(watch, true);
  }
  command_diagnostics(watch->bundle.holder);
  if (watch->new)
    command_diagnostics(watch->new);
  return good;
}

static bool load_old(struct watch *watch) {
  static const struct import_folders none = {0};
  char *old = need_format("%s/wsdl/etframework.wsdl", watch->settings->tree);
  watch->old = command_load(old, &none);
  free(old);
  return watch->old;
}

/* Of the contract alone as it is shown; of all documents to know it again. */
static const char *digest_of(const struct watch *watch) {
  return ((const struct bundle_file *)watch->bundle.files.items[0])->digest;
}

static void digest_all(const struct watch *watch, char digest[65]) {
  struct buffer all = {0};
  for (size_t i = 0; i < watch->bundle.files.count; i++) {
    const struct bundle_file *file = watch->bundle.files.items[i];
    buffer_printf(&all, "%s %s\n", file->name, file->digest);
  }
  digest_sha256(digest, buffer_text(&all), all.size);
  buffer_free(&all);
}

/* --- telling ---------------------------------------------------------------------------------- */

/* What was told last; "" for nothing. */
static void read_told(const char *path, char known[65]) {
  FILE *file = fopen(path, "r");
  size_t n = file ? fread(known, 1, 64, file) : 0;
  known[n == 64 ? n : 0] = '\0';
  if (file)
    fclose(file);
}

static bool run_notify(const char *command, const struct buffer *report) {
  signal(SIGPIPE, SIG_IGN); /* it need not read all of it */
  FILE *pipe = popen(command, "w");
  if (!pipe) {
    complain("cannot run %s: %s", command, strerror(errno));
    return false;
  }
  setvbuf(pipe, NULL, _IONBF, 0); /* what is left over would make pclose() fail */
  fwrite(buffer_text(report), 1, report->size, pipe);
  int status = pclose(pipe);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return true;
  complain("--notify: the command failed: %s", command);
  return false;
}

static bool notify(const struct watch *watch, const struct buffer *report) {
  const char *command = watch->settings->notify;
  char *told = need_format("%s/told", watch->state), known[65], digest[65];
  bool good = true;
  digest_all(watch, digest);
  read_told(told, known);
  if (command && strcmp(known, digest) != 0)
    good = run_notify(command, report) && file_write(told, digest, strlen(digest));
  free(told);
  return good;
}

/* Who was told of another contract hears that it was taken back, or else nobody would hear when it
 * comes again. What was told and is in the tree now needs no word. */
static bool notify_same(const struct watch *watch, const struct buffer *report) {
  const char *command = watch->settings->notify;
  char *told = need_format("%s/told", watch->state), known[65], digest[65];
  bool good = true;
  digest_all(watch, digest);
  read_told(told, known);
  if (command && *known != '\0' && strcmp(known, digest) != 0)
    good = run_notify(command, report);
  if (command && good && *known != '\0' && unlink(told) != 0) {
    complain("cannot remove %s: %s", told, strerror(errno));
    good = false;
  }
  free(told);
  return good;
}

static bool say(const struct buffer *report) {
  return file_write(NULL, buffer_text(report), report->size);
}

/* What the bindings have no place for: they cannot be made of it. */
static void add_refused(struct needs_result *needs, struct contract *contract) {
  for (size_t i = 0; i < contract->diagnostics.count; i++) {
    const struct diagnostic *diagnostic = contract->diagnostics.items[i];
    if (diagnostic->severity == SEVERITY_ERROR)
      list_add(contract->arena, &needs->needed,
               intern_format(contract->arena, "%s (%s:%u:%u)", diagnostic->text,
                             diagnostic->at.file, diagnostic->at.line, diagnostic->at.column));
  }
}

static int tell(const struct watch *watch) {
  struct diff diff;
  struct meta meta;
  struct needs_result needs;
  struct buffer report = {0};
  diff_make(&diff, watch->old, watch->new, false);
  if (diff.changes.count == 0) {
    buffer_printf(&report, "%s: nothing has changed (SHA-256 %s)\n", watch->address,
                  digest_of(watch));
    bool told = say(&report) && notify_same(watch, &report);
    buffer_free(&report);
    return told ? WATCH_SAME : WATCH_ERROR;
  }
  bool builds = meta_build(&meta, watch->new);
  needs_check(&needs, &meta);
  if (!builds)
    add_refused(&needs, watch->new);
  buffer_printf(&report, "%s\nSHA-256 %s\n\n%s\n", watch->address, digest_of(watch),
                report_verdict(&diff));
  effect_report(&report, &needs, NULL);
  report_changes(&report, &diff);
  bool told = say(&report) && notify(watch, &report);
  buffer_free(&report);
  if (!told)
    return WATCH_ERROR;
  return diff.breaking > 0 ? WATCH_BREAKING : WATCH_COMPATIBLE;
}

static int watch_address(const char *address, const struct settings *settings) {
  struct watch watch = {.settings = settings, .address = address};
  int result = WATCH_ERROR;
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    complain("libcurl cannot be set up");
  else if (prepare(&watch) && load_old(&watch) && fetch_new(&watch))
    result = tell(&watch);
  contract_free(watch.bundle.holder);
  contract_free(watch.old);
  contract_free(watch.new);
  free(watch.state);
  free(watch.folder);
  curl_global_cleanup();
  return result;
}

static int run(const struct command *command, int argc, char **argv) {
  struct settings settings = {.tree = "."};
  struct option_list operands = {0};
  int result = command->usage_exit;
  if (command_read(command, &settings, argc, argv, &operands) &&
      command_addresses(operands.items[0], &settings.http))
    result = watch_address(operands.items[0], &settings);
  option_list_free(&operands);
  return result;
}

static const struct manual_term environment[] = {
    {"https_proxy, http_proxy", "The proxy to go through, unless --proxy names one."},
    {"no_proxy", "Hosts that go direct."},
    {"XDG_STATE_HOME", "Where to keep what was fetched, without --state."},
    {NULL, NULL}};

static const struct manual_term files[] = {
    {"~/.local/state/etsoap/watch/", "What was fetched last, a folder for each address."},
    {NULL, NULL}};

static const struct manual_term exits[] = {{"0", "same"},
                                           {"1", "compatible"},
                                           {"2", "breaking"},
                                           {"3", "error or wrong usage"},
                                           {NULL, NULL}};

const struct command command_watch = {
    .name = "watch",
    .operands = "URL",
    .summary = "for cron: says when the contract at an address differs from the one in the tree",
    .text = "Fetches it, when it has changed since the last time (ETag, If-Modified-Since), and "
            "compares it with TREE/wsdl. One line when nothing has changed, the report when "
            "something has.\n",
    .exits = exits,
    .environment = environment,
    .files = files,
    .examples = "  etwsdl watch https://SUBDOMAIN.soap.marketingcloudapis.com/etframework.wsdl \\\n"
                "    --tree ~/etsoap --notify 'mail -s \"The contract has changed\" keeper'\n",
    .options = options,
    .least = 1,
    .most = 1,
    .usage_exit = WATCH_ERROR,
    .run = run};
