/* etsim: a stand-in for the service. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "cli/complete.h"
#include "cli/describe_data.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/truth.h"
#include "common/program.h"
#include "faults/rules.h"
#include "ground/whole_file.h"
#include "net/tls.h"
#include "operations/calendar.h"
#include "server/server.h"
#include "service/auth.h"
#include "store/account.h"
#include "store/agenda.h"
#include "store/load.h"
#include "store/sends.h"
#include "store/state.h"

#include <etsoap/version.h>

static struct server *running; /* for the signal handler */

static void on_signal(int number) {
  (void)number;
  int error = errno;
  server_stop(running);
  errno = error;
}

static void catch_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  (void)sigemptyset(&action.sa_mask);
  (void)sigaction(SIGTERM, &action, NULL);
  (void)sigaction(SIGINT, &action, NULL);
  (void)signal(SIGPIPE, SIG_IGN);
  (void)signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
}

typedef bool add_secret(struct auth *auth, char *name, char *secret);

static bool add_pairs(struct auth *auth, add_secret *add, const struct option_list *names,
                      const struct option_list *files) {
  bool done = true;
  for (size_t i = 0; done && i < names->count; i++)
    done = add(auth, strdup(names->items[i]), options_read_secret(files->items[i]));
  return done;
}

static bool add_credentials(struct auth *auth, const struct options *options) {
  if (!options->users.count && !options->clients.count)
    return auth_add_user(auth, strdup("demo"), strdup("demo")) &&
           auth_add_client(auth, strdup("demo"), strdup("demo"));
  return add_pairs(auth, auth_add_user, &options->users, &options->passwords) &&
         add_pairs(auth, auth_add_client, &options->clients, &options->secrets);
}

static bool write_ready_file(const char *file, const char *url) {
  struct whole_file whole;
  whole_file_open(&whole, file);
  bool done = whole_file_close(&whole, whole.stream && fprintf(whole.stream, "%s\n", url) > 0);
  if (!done)
    complain("--ready-file %s: %s", file, strerror(errno));
  return done;
}

static bool print_ready(const char *url) {
  if (printf("listening on %s\n", url) > 0 && fflush(stdout) == 0)
    return true;
  complain("cannot write stdout: %s", strerror(errno));
  return false;
}

static bool announce(const struct site *site, const char *ready_file) {
  struct buffer url = {0};
  buffer_printf(&url, "%s://%s/Service.asmx", site->scheme, site->authority);
  bool done = !url.failed && (!ready_file || write_ready_file(ready_file, url.data)) &&
              print_ready(url.data);
  buffer_free(&url);
  return done;
}

enum { AT_ONCE = 64 }; /* as much as happens while connections wait to be taken */

struct keeper {
  struct world *world;
  struct state *state; /* NULL: nothing is kept */
};

/* What is due happens though nobody calls, and what has changed is saved. */
static void tick(void *context) {
  struct keeper *keeper = context;
  agenda_run(keeper->world, calendar, AT_ONCE);
  if (keeper->state)
    (void)state_save(keeper->state, keeper->world);
}

static int serve(const struct options *options, struct site *site, struct rules *rules,
                 struct request_log *log, SSL_CTX *tls, struct state *state) {
  struct keeper keeper = {site->service->world, state};
  struct server_options server_options = {
      .host = options->host,
      .port = options->port,
      .connections = options->connections,
      .limits = {.body = options->max_request, .idle = 60000, .request = 30000, .answer = 120000},
      .tls = tls,
      .rules = rules,
      .log = log,
      .tick = tick,
      .tick_context = &keeper,
      .latency = options->latency,
      .jitter = options->jitter};
  running = server_new(&server_options, site);
  if (!running)
    return EXIT_FAILED;
  catch_signals();
  bool announced = announce(site, options->ready_file);
  bool ran = announced && server_run(running, (long)options->max_time);
  bool ended = server_free(running);
  bool kept = (!state || state_end(state, site->service->world)) &&
              (!options->truth || truth_write(site->service->world, options->truth));
  if (!ended) {
    complain("a request did not end");
    _exit(EXIT_FAILED);
  }
  return ran && kept ? EXIT_DONE : EXIT_FAILED;
}

static bool load(struct world *world, const struct options *options) {
  for (size_t i = 0; i < options->loads.count; i++)
    if (!load_file(world, options->loads.items[i]))
      return false;
  return true;
}

static bool add_rules(struct rules *rules, const struct options *options) {
  rules_init(rules, options->seed);
  for (size_t i = 0; i < options->faults.count; i++) {
    const char *right = rules_add(rules, options->faults.items[i]);
    if (right) {
      complain("--fault %s: %s", options->faults.items[i], right);
      return false;
    }
  }
  return true;
}

static int run(const struct options *options, struct service *service, struct rules *rules,
               struct state *state) {
  struct request_log log;
  const struct option_list *pair = &options->tls;
  struct site site = {.service = service, .scheme = pair->count ? "https" : "http"};
  SSL_CTX *tls = NULL;
  int exit_code = EXIT_FAILED;
  bool answers = options->answers && *options->answers;
  if (log_open(&log, options->log_file) &&
      (!pair->count || (tls = tls_open(pair->items[0], pair->items[1])) != NULL) &&
      (!answers ||
       (site.answers = answers_open(options->answers, options->loads.count > 0)) != NULL))
    exit_code = serve(options, &site, rules, &log, tls, state);
  answers_free(site.answers);
  SSL_CTX_free(tls);
  return log_close(&log) ? exit_code : EXIT_FAILED;
}

/* Extracts are written long after the start. */
static bool check_files(const char *folder) {
  struct stat there;
  if (!folder)
    return true;
  int error = stat(folder, &there) != 0 ? errno : S_ISDIR(there.st_mode) ? 0 : ENOTDIR;
  if (!error && access(folder, W_OK | X_OK) == 0)
    return true;
  complain("--files %s: %s", folder, strerror(error ? error : errno));
  return false;
}

/* What was kept, or else the demo account and what is to be loaded. */
static bool fill(struct world *world, const struct options *options, struct state **state) {
  struct state_origin origin = {options->seed, options->demo ? options->sends : 0,
                                options->subscribers, 0};
  bool kept = false;
  /* A description writes nothing. */
  bool wanted = options->state && (!options->describe_data || state_is_there(options->state));
  for (size_t i = 0; wanted && i < options->loads.count; i++)
    if (!load_sum(&origin.loads, options->loads.items[i]))
      return false;
  if (wanted && !(*state = state_open(options->state, &origin, world, &kept)))
    return false;
  if (!kept && options->demo && !account_fill(world)) {
    complain("out of memory");
    return false;
  }
  return kept ? sends_restore(world) && agenda_begin(world) : load(world, options);
}

static int run_world(const struct options *options, struct rules *rules) {
  struct world world;
  struct state *state = NULL;
  int exit_code = EXIT_FAILED;
  if (!world_init(&world, options->seed, options->demo ? (size_t)options->sends : 0,
                  (uint32_t)options->subscribers)) {
    complain("out of memory");
    return exit_code;
  }
  world.demo.clock = options->clock;
  world.demo.late_percent = options->late_percent;
  world.demo.late_by = options->late_by;
  world.files = options->files;
  struct service service = {.world = &world, .page_size = (size_t)options->page_size};
  service.auth = auth_new(world.accounts, WORLD_ACCOUNTS, (int64_t)options->token_lifetime * 1000);
  service.since = since_new();
  service.paging = paging_new((int64_t)options->request_lifetime * 1000);
  bool ready = service.auth && service.paging && service.since && check_files(options->files) &&
               fill(&world, options, &state);
  if (ready && options->describe_data) {
    describe_data(&world);
    exit_code = EXIT_DONE;
  } else if (ready && add_credentials(service.auth, options) &&
             (!options->truth || truth_write(&world, options->truth))) {
    exit_code = run(options, &service, rules, state);
  }
  state_close(state);
  paging_free(service.paging);
  since_free(service.since);
  auth_free(service.auth);
  world_free(&world);
  return exit_code;
}

/* libxml2 says on stderr what it cannot convert; --load says itself what is wrong with a file. */
static void say_nothing(void *context, const char *format, ...) {
  (void)context, (void)format;
}

static void quiet_parser(void) {
  xmlInitParser();
  xmlSetGenericErrorFunc(NULL, say_nothing);
}

int main(int argc, char **argv) {
  static struct rules rules;
  struct options options;
  program_start("etsim");
  quiet_parser();
  int exit_code = EXIT_USAGE;
  bool good = options_from_words(&options, argc, argv);
  if (good && options.help) {
    help_print();
    exit_code = EXIT_DONE;
  } else if (good && options.man) {
    help_print_page();
    exit_code = EXIT_DONE;
  } else if (good && options.words.count > 1) {
    complete_print(&(struct option_list){options.words.items + 1, options.words.count - 1});
    exit_code = EXIT_DONE;
  } else if (good && options.version) {
    puts("etsim " ETSOAP_VERSION_TEXT);
    exit_code = EXIT_DONE;
  } else if (good && add_rules(&rules, &options)) {
    exit_code = run_world(&options, &rules);
  }
  options_free(&options);
  return program_end(exit_code);
}
