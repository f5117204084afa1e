/* The HTTP client alone, for tests: probe OPTION... URL...
 *
 * A GET for each URL, or a POST with --body, one after the other on one client. Prints a line each:
 *   OK STATUS type=TYPE charset=CHARSET retry=MS sent=0|1 size=BYTES sum=ADLER [body]
 *   E_NAME HTTP sent=0|1 size=BYTES [body]: MESSAGE
 * Options: --body TEXT, --body-file FILE, --repeatable, --times N (the URLs over again),
 * --read-slowly MS (between two reads), --stop-after BYTES (closes then), --open-all (opens all,
 * then reads in turns), --print, --header NAME=VALUE, --abort-after MS (SIGINT does that too), and
 * NAME=VALUE for a member of the options (times in milliseconds). */
#include "options.h"

#include <etsoap/status.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum { CALLS = 64 };

struct one {
  struct ets_http_call *call;
  struct ets_http_reply reply;
  ets_status status;
  ets_error error;
  uLong sum;
  size_t size;
  char *body;
  bool ended;
};

struct settings {
  struct ets_http_options options;
  struct ets_http_request request;
  struct ets_http_header headers[8];
  const char *urls[CALLS];
  size_t url_count;
  long times;
  long read_slowly;
  size_t stop_after;
  bool open_all;
  bool print;
  long abort_after;
};

static volatile sig_atomic_t interrupted;
static struct timespec started;

static void interrupt(int signal) {
  (void)signal;
  interrupted = 1;
}

static long since_start(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (now.tv_sec - started.tv_sec) * 1000 + (now.tv_nsec - started.tv_nsec) / 1000000;
}

static bool aborted(void *context) {
  const struct settings *settings = context;
  return interrupted || (settings->abort_after && since_start() >= settings->abort_after);
}

static void pause_for(long milliseconds) {
  struct timespec time = {milliseconds / 1000, (milliseconds % 1000) * 1000000};
  if (milliseconds > 0)
    nanosleep(&time, NULL);
}

/* --- options --------------------------------------------------------------------------------- */

static bool set_number(struct ets_http_options *options, const char *name, size_t size,
                       const char *value) {
  int64_t number = strtoll(value, NULL, 10);
  const struct {
    const char *name;
    int64_t *time;
    uint64_t *bound;
  } members[] = {{"connect_timeout", &options->connect_timeout, NULL},
                 {"send_timeout", &options->send_timeout, NULL},
                 {"receive_timeout", &options->receive_timeout, NULL},
                 {"total_timeout", &options->total_timeout, NULL},
                 {"least_speed_time", &options->least_speed_time, NULL},
                 {"least_speed", NULL, &options->least_speed},
                 {"header", NULL, &options->limits.header},
                 {"body", NULL, &options->limits.body},
                 {"ratio", NULL, &options->limits.ratio}};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++)
    if (strlen(members[i].name) == size && memcmp(members[i].name, name, size) == 0) {
      if (members[i].time)
        *members[i].time = number;
      else
        *members[i].bound = (uint64_t)number;
      return true;
    }
  return false;
}

static bool set_member(struct ets_http_options *options, const char *name, size_t size,
                       const char *value) {
  const struct {
    const char *name;
    const char **text;
  } members[] = {
      {"ca_file", &options->ca_file}, {"proxy", &options->proxy}, {"no_proxy", &options->no_proxy}};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++)
    if (strlen(members[i].name) == size && memcmp(members[i].name, name, size) == 0) {
      *members[i].text = value;
      return true;
    }
  if (size == 10 && memcmp(name, "keep_alive", size) == 0)
    options->keep_alive = *value == '1';
  else if (size == 11 && memcmp(name, "compression", size) == 0)
    options->compression = *value == '1';
  else
    return set_number(options, name, size, value);
  return true;
}

static void add_header(struct settings *settings, char *text) {
  char *value = strchr(text, '=');
  struct ets_http_header *header = &settings->headers[settings->request.header_count++];
  *value = '\0';
  *header = (struct ets_http_header){text, value + 1};
  settings->request.headers = settings->headers;
}

static void read_body(struct ets_http_request *request, const char *path) {
  enum { BODY_MAX = 64 * 1024 * 1024 };
  FILE *file = fopen(path, "rb");
  char *body = malloc(BODY_MAX);
  if (!file || !body)
    exit(2);
  request->body_size = fread(body, 1, BODY_MAX, file);
  request->body = body;
  fclose(file);
}

/* Whether the word after it was taken too. */
static bool take_option(struct settings *settings, const char *word, char *next) {
  if (strcmp(word, "--repeatable") == 0)
    settings->request.repeatable = true;
  else if (strcmp(word, "--open-all") == 0)
    settings->open_all = true;
  else if (strcmp(word, "--print") == 0)
    settings->print = true;
  else if (!next)
    exit(2);
  else if (strcmp(word, "--body") == 0) {
    settings->request.body = next;
    settings->request.body_size = strlen(next);
    return true;
  } else if (strcmp(word, "--body-file") == 0) {
    read_body(&settings->request, next);
    return true;
  } else if (strcmp(word, "--header") == 0) {
    add_header(settings, next);
    return true;
  } else {
    long number = strtol(next, NULL, 10);
    if (strcmp(word, "--times") == 0)
      settings->times = number;
    else if (strcmp(word, "--read-slowly") == 0)
      settings->read_slowly = number;
    else if (strcmp(word, "--stop-after") == 0)
      settings->stop_after = (size_t)number;
    else if (strcmp(word, "--abort-after") == 0)
      settings->abort_after = number;
    else
      exit(2);
    return true;
  }
  return false;
}

static void take_words(struct settings *settings, int count, char **words) {
  for (int i = 1; i < count; i++) {
    const char *equals = strchr(words[i], '=');
    if (strncmp(words[i], "--", 2) == 0)
      i += take_option(settings, words[i], i + 1 < count ? words[i + 1] : NULL);
    else if (!equals ||
             !set_member(&settings->options, words[i], (size_t)(equals - words[i]), equals + 1)) {
      if (settings->url_count == CALLS)
        exit(2);
      settings->urls[settings->url_count++] = words[i];
    }
  }
}

/* --- calls ----------------------------------------------------------------------------------- */

static void open_one(struct one *one, struct ets_http *http, struct settings *settings,
                     const char *url) {
  *one = (struct one){.sum = adler32(0, NULL, 0)};
  settings->request.url = url;
  one->status = ets_http_open(&one->call, http, &settings->request, &one->reply, &one->error);
  one->ended = one->status != ETS_OK;
}

static void read_one(struct one *one, const struct settings *settings) {
  const char *bytes;
  size_t size;
  if (one->ended)
    return;
  one->status = ets_http_read(one->call, &bytes, &size, &one->error);
  one->ended = one->status != ETS_OK || size == 0;
  one->sum = adler32(one->sum, (const Bytef *)bytes, (uInt)size);
  if (settings->print && size > 0) {
    char *larger = realloc(one->body, one->size + size + 1);
    if (!larger)
      exit(2);
    one->body = larger;
    memcpy(one->body + one->size, bytes, size);
    one->body[one->size + size] = '\0';
  }
  one->size += size;
  if (settings->stop_after && one->size >= settings->stop_after)
    one->ended = true;
  pause_for(settings->read_slowly);
}

static void close_one(struct one *one) {
  const struct ets_http_reply *reply = &one->reply;
  if (one->status == ETS_OK)
    printf("OK %d type=%s charset=%s retry=%lld sent=%d size=%zu sum=%08lx %s\n", reply->status,
           reply->content_type, reply->charset, (long long)reply->retry_after_ms, reply->sent,
           one->size, one->sum, one->body ? one->body : "");
  else
    printf("%s %d sent=%d size=%zu %s: %s\n", ets_status_name(one->status), one->error.http_status,
           reply->sent, one->size, one->body ? one->body : "", one->error.message);
  fflush(stdout);
  ets_http_close(one->call);
  free(one->body);
}

static void run_in_turns(struct ets_http *http, struct settings *settings) {
  static struct one ones[CALLS];
  bool left = true;
  for (size_t i = 0; i < settings->url_count; i++)
    open_one(&ones[i], http, settings, settings->urls[i]);
  while (left) {
    left = false;
    for (size_t i = 0; i < settings->url_count; i++) {
      read_one(&ones[i], settings);
      left = left || !ones[i].ended;
    }
  }
  for (size_t i = 0; i < settings->url_count; i++)
    close_one(&ones[i]);
}

static void run_each(struct ets_http *http, struct settings *settings) {
  for (long time = 0; time < settings->times; time++)
    for (size_t i = 0; i < settings->url_count; i++) {
      struct one one;
      open_one(&one, http, settings, settings->urls[i]);
      while (!one.ended)
        read_one(&one, settings);
      close_one(&one);
    }
}

int main(int argc, char **argv) {
  static struct settings settings = {.options = HTTP_OPTIONS_INIT, .times = 1};
  struct ets_http *http;
  ets_error error;
  clock_gettime(CLOCK_MONOTONIC, &started);
  settings.options.aborted = aborted;
  settings.options.abort_context = &settings;
  signal(SIGINT, interrupt);
  take_words(&settings, argc, argv);
  ets_status status = ets_http_new(&http, &settings.options, &error);
  if (status != ETS_OK) {
    printf("%s: %s\n", ets_status_name(status), error.message);
    return 1;
  }
  if (settings.open_all)
    run_in_turns(http, &settings);
  else
    run_each(http, &settings);
  ets_http_free(http);
  return 0;
}
