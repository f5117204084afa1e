/* etsim: a stand-in for the service. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/load.h"
#include "cli/options.h"
#include "server/server.h"
#include "net/tls.h"

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
}

static bool add_credentials(struct auth *auth, const struct options *options) {
  const struct credentials *users = &options->users, *clients = &options->clients;
  if (!users->count && !clients->count)
    return auth_add_user(auth, strdup("demo"), strdup("demo")) &&
           auth_add_client(auth, strdup("demo"), strdup("demo"));
  bool done = true;
  for (size_t i = 0; done && i < users->count; i++)
    done = auth_add_user(auth, strdup(users->items[i].name),
                         options_read_secret(users->items[i].file));
  for (size_t i = 0; done && i < clients->count; i++)
    done = auth_add_client(auth, strdup(clients->items[i].name),
                           options_read_secret(clients->items[i].file));
  return done;
}

/* Whoever sees the file sees all of it: it is renamed into place. */
static bool write_ready_file(const char *file, const char *url) {
  struct buffer temporary = {0};
  buffer_printf(&temporary, "%s.%ld.tmp", file, (long)getpid());
  FILE *stream = temporary.failed ? NULL : fopen(temporary.data, "w");
  bool done = stream && fprintf(stream, "%s\n", url) > 0;
  done = stream && fclose(stream) == 0 && done;
  done = done && rename(temporary.data, file) == 0;
  if (!done)
    fprintf(stderr, "etsim: --ready-file %s: %s\n", file, strerror(errno));
  buffer_free(&temporary);
  return done;
}

static bool announce(const struct site *site, const char *ready_file) {
  struct buffer url = {0};
  buffer_printf(&url, "%s://%s/Service.asmx", site->scheme, site->authority);
  bool done = !url.failed && (!ready_file || write_ready_file(ready_file, url.data)) &&
              printf("listening on %s\n", url.data) > 0 && fflush(stdout) == 0;
  buffer_free(&url);
  return done;
}

static int serve(const struct options *options, struct service *service, struct rules *rules,
                 struct request_log *log, SSL_CTX *tls) {
  struct site site = {.service = service, .scheme = tls ? "https" : "http"};
  struct server_options server_options = {
      .host = options->host,
      .port = options->port,
      .connections = options->connections,
      .limits = {.body = options->max_request, .idle = 60000, .request = 30000, .answer = 120000},
      .tls = tls,
      .rules = rules,
      .log = log,
      .latency = options->latency,
      .jitter = options->jitter};
  running = server_new(&server_options, &site);
  if (!running)
    return EXIT_FAILURE;
  catch_signals();
  bool announced = announce(&site, options->ready_file);
  if (announced)
    server_run(running, options->max_time);
  server_free(running);
  return announced ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool load(struct world *world, const struct options *options) {
  for (size_t i = 0; i < options->load_count; i++)
    if (!load_file(world, options->loads[i]))
      return false;
  return true;
}

static int run(const struct options *options, struct service *service, struct rules *rules) {
  struct request_log log;
  SSL_CTX *tls = NULL;
  int exit_code = EXIT_FAILURE;
  if (log_open(&log, options->log_file) &&
      (!options->certificate || (tls = tls_open(options->certificate, options->key)) != NULL))
    exit_code = serve(options, service, rules, &log, tls);
  SSL_CTX_free(tls);
  log_close(&log);
  return exit_code;
}

int main(int argc, char **argv) {
  struct options options;
  struct rules rules;
  int exit_code = options_read(&options, argc, argv);
  if (exit_code < 0)
    exit_code = options_read_rules(&options, &rules);
  if (exit_code >= 0)
    return exit_code;
  struct world world;
  exit_code = EXIT_FAILURE;
  if (!world_init(&world, options.seed, options.demo ? options.sends : 0, options.subscribers)) {
    fputs("etsim: out of memory\n", stderr);
    return exit_code;
  }
  struct service service = {.world = &world, .page_size = options.page_size};
  service.auth = auth_new(world.accounts, WORLD_ACCOUNTS, options.token_lifetime * INT64_C(1000));
  service.since = since_new();
  service.paging = paging_new(options.request_lifetime * INT64_C(1000));
  if (service.auth && service.paging && service.since && load(&world, &options) &&
      add_credentials(service.auth, &options))
    exit_code = run(&options, &service, &rules);
  paging_free(service.paging);
  since_free(service.since);
  auth_free(service.auth);
  world_free(&world);
  return exit_code;
}
