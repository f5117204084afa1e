#include "cli/options.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/program.h"
#include "faults/rules.h"
#include "service/auth.h"

enum { SECRET_LIMIT = 4096 };

static bool read_listen(const struct option *option, void *member, const char *text) {
  struct options *options = member;
  const char *colon = strrchr(text, ':');
  uint64_t port;
  if (!colon || !option_number(&port, colon + 1, 0, 65535)) {
    complain("--%s %s: give HOST:PORT, for example 127.0.0.1:0 (0: any free port)", option->name,
             text);
    return false;
  }
  size_t size = (size_t)(colon - text);
  if (size >= 2 && text[0] == '[' && text[size - 1] == ']') {
    text++;
    size -= 2;
  }
  if (size == 0 || size >= sizeof options->host) {
    complain("--%s %s: the host is missing or too long", option->name, text);
    return false;
  }
  memcpy(options->host, text, size);
  options->host[size] = 0;
  snprintf(options->port, sizeof options->port, "%u", (unsigned)port);
  return true;
}

static bool read_data(const struct option *option, void *member, const char *text) {
  bool *demo = member;
  *demo = strcmp(text, "demo") == 0;
  if (*demo || strcmp(text, "none") == 0)
    return true;
  complain("--%s %s: give demo or none", option->name, text);
  return false;
}

static bool read_latency(const struct option *option, void *member, const char *text) {
  struct options *options = member;
  char milliseconds[24] = "";
  size_t size = strcspn(text, ",");
  if (size < sizeof milliseconds)
    memcpy(milliseconds, text, size);
  if (option_number(&options->latency, milliseconds, 0, 3600000) &&
      (!text[size] || option_number(&options->jitter, text + size + 1, 0, 3600000)))
    return true;
  complain("--%s %s: give MILLISECONDS[,JITTER], for example 80,40", option->name, text);
  return false;
}

static bool read_clock(const struct option *option, void *member, const char *text) {
  if (clock_read(member, text))
    return true;
  complain("--%s %s: give real, TIME, xFACTOR or TIME,xFACTOR, for example "
           "2026-11-10T10:05:00,x60",
           option->name, text);
  return false;
}

static bool read_late(const struct option *option, void *member, const char *text) {
  struct options *options = member;
  uint64_t percent, hours;
  char number[8] = "";
  size_t size = strcspn(text, ",");
  if (size < sizeof number)
    memcpy(number, text, size);
  if (text[size] && option_number(&percent, number, 0, 100) &&
      option_number(&hours, text + size + 1, 0, 8760)) {
    options->late_percent = (unsigned)percent;
    options->late_by = (int64_t)hours * 3600000;
    return true;
  }
  complain("--%s %s: give PERCENT,HOURS, for example 5,48", option->name, text);
  return false;
}

#define ROW(kind, name, value, member, ...) \
  OPTION_ROW_##kind(name, 0, value, struct options, member, __VA_ARGS__)

static const struct option place[] = {
    {"listen", 0, "HOST:PORT", "where to listen (127.0.0.1:0; port 0: any free one)", OPTION_CUSTOM,
     0, 0, 0, 0, read_listen},
    ROW(TEXT, "ready-file", "FILE", ready_file, "write the URL into FILE when ready"),
    ROW(NUMBER, "max-time", "SECONDS", max_time, 1, 31536000, "stop after so long"),
    OPTION_ROW_END};

static const struct option secrets[] = {
    OPTION_ROW_LIST("user", 0, "NAME", 1, struct options, users, "a user, and ..."),
    OPTION_ROW_LIST("password-file", 0, "FILE", 1, struct options, passwords,
                    "... the password, the first line of FILE"),
    OPTION_ROW_LIST("client-id", 0, "ID", 1, struct options, clients,
                    "a client of the token endpoint, and ..."),
    OPTION_ROW_LIST("client-secret-file", 0, "FILE", 1, struct options, secrets,
                    "... its secret (16 of each at most)"),
    ROW(NUMBER, "token-lifetime", "SECONDS", token_lifetime, 1, 31536000,
        "how long a token is good (1200)"),
    OPTION_ROW_END};

static const struct option data[] = {
    OPTION_ROW_CUSTOM("data", 0, "demo|none", read_data, struct options, demo,
                      "demo sends, or nothing (demo)"),
    ROW(NUMBER, "sends", "N", sends, 1, 100000,
        "number of sends; send 12043295 is the last of them (24)"),
    ROW(NUMBER, "subscribers", "N", subscribers, 1, 1000000000,
        "recipients of send 12043295 (12000); any size costs no memory"),
    ROW(NUMBER, "seed", "S", seed, 0, UINT64_MAX, "another seed, other numbers (1)"),
    ROW(NUMBER, "page-size", "N", page_size, 1, 2500, "rows of a page, 2500 at most (2500)"),
    ROW(NUMBER, "request-lifetime", "SECONDS", request_lifetime, 1, 31536000,
        "how long a RequestID can be continued (600)"),
    OPTION_ROW_LIST("load", 0, "FILE...", OPTION_WORDS_ALL, struct options, loads,
                    "recorded RetrieveResponse envelopes, given back as they are"),
    OPTION_ROW_FLAG("describe-data", 0, struct options, describe_data,
                    "print what there is, as a table, and end"),
    OPTION_ROW_END};

static const struct option course[] = {
    OPTION_ROW_CUSTOM("clock", 0, "CLOCK", read_clock, struct options, clock,
                      "the account's clock: real, TIME (it stands still), xFACTOR (so much faster) "
                      "or TIME,xFACTOR; what is later than a TIME has not happened"),
    {"late", 0, "PERCENT,HOURS", "so many of the events arrive late, by HOURS at most",
     OPTION_CUSTOM, 0, 0, 0, 0, read_late},
    OPTION_ROW_END};

static const struct option keeping[] = {
    ROW(TEXT, "state", "FILE", state,
        "keep what is told in an SQLite database, over restarts (nowhere)"),
    ROW(TEXT, "files", "DIR", files, "write the files of extracts into DIR (none are written)"),
    ROW(TEXT, "truth", "FILE", truth,
        "write every event that was, is and will be there, at the start and at the end"),
    ROW(TEXT, "answers", "DIR", answers,
        "keep some answers of each shape in DIR, with the contract (what ETSIM_ANSWERS says)"),
    OPTION_ROW_END};

static const struct option trouble[] = {
    {"latency", 0, "MS[,JITTER]", "wait before every answer, and up to JITTER ms more",
     OPTION_CUSTOM, 0, 0, 0, 0, read_latency},
    OPTION_ROW_LIST("fault", 0, "RULE", 1, struct options, faults,
                    "may be given often; the first rule that a call meets wins"),
    OPTION_ROW_END};

static const struct option limits[] = {
    OPTION_ROW_LIST("tls", 0, "CERTIFICATE KEY", 2, struct options, tls,
                    "serve HTTPS with these PEM files"),
    ROW(TEXT, "log", "FILE", log_file,
        "append a line of JSON per request, secrets replaced by ***"),
    ROW(NUMBER, "max-connections", "N", connections, 1, 10000,
        "at once; an idle or stuck one gives way (256)"),
    ROW(NUMBER, "max-request", "BYTES", max_request, 1024, 1 << 30, "largest request (16777216)"),
    OPTION_ROW_FLAG("help", 'h', struct options, help, "this text"),
    OPTION_ROW_FLAG("man", 0, struct options, man, "this text as a manual page in mdoc"),
    OPTION_ROW_FLAG("version", 0, struct options, version, "the version"),
    OPTION_ROW_END};

const struct option_group option_groups[OPTION_GROUPS] = {
    {NULL, place},
    {"Credentials: without any of these, user `demo` with password `demo`, and client `demo` with "
     "secret `demo`.",
     secrets},
    {"Data, in account 10001 and its business units 10002 and 10003. Rows of data extensions that "
     "are loaded become the one named like the file.",
     data},
    {"Course of time", course},
    {"Files", keeping},
    {"Trouble on demand", trouble},
    {"Service", limits}};

static bool check_pairs(const struct option_list *names, const struct option_list *files,
                        const char *name, const char *file) {
  if (names->count != files->count)
    complain("--%s and --%s belong together", name, file);
  else if (names->count > AUTH_SECRETS)
    complain("--%s: %d are enough", name, (int)AUTH_SECRETS);
  return names->count == files->count && names->count <= AUTH_SECRETS;
}

/* Of a file that need not be there yet: the same folder and the same name. */
static bool is_same_place(const char *one, const char *other) {
  char folders[2][PATH_MAX];
  const char *paths[2] = {one, other}, *names[2];
  struct stat there[2];
  for (int i = 0; i < 2; i++) {
    const char *slash = strrchr(paths[i], '/');
    int size = slash ? (int)(slash - paths[i]) + 1 : 0;
    names[i] = slash ? slash + 1 : paths[i];
    snprintf(folders[i], sizeof folders[i], "%.*s.", size, paths[i]);
    if (stat(folders[i], &there[i]) != 0)
      return strcmp(one, other) == 0;
  }
  return there[0].st_dev == there[1].st_dev && there[0].st_ino == there[1].st_ino &&
         strcmp(names[0], names[1]) == 0;
}

/* Devices and pipes can be written to by several. */
static bool is_same_file(const char *one, const char *other) {
  struct stat first, second;
  if (stat(one, &first) != 0 || stat(other, &second) != 0)
    return is_same_place(one, other);
  return S_ISREG(first.st_mode) && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* One would write over the other. */
static bool check_written(const struct options *options) {
  const struct {
    const char *name, *file;
  } written[] = {{"ready-file", options->ready_file},
                 {"state", options->state},
                 {"truth", options->truth},
                 {"log", options->log_file}};
  const size_t count = sizeof written / sizeof *written;
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++)
      if (written[i].file && written[j].file && is_same_file(written[i].file, written[j].file)) {
        complain("--%s and --%s are the same file, %s: give each its own", written[i].name,
                 written[j].name, written[j].file);
        return false;
      }
  return true;
}

/* SQLite has names for databases that go with the process. */
static bool check_state(const char *file) {
  if (!file || (*file && strcmp(file, ":memory:") != 0))
    return true;
  complain("--state '%s': nothing would be kept: give a file, or leave it away", file);
  return false;
}

/* The demo data are over whatever the day unless the clock was set. */
static bool check_late(const struct options *options) {
  if (!options->late_percent || options->clock.dated)
    return true;
  complain("--late needs a TIME: without, everything has arrived; for example "
           "--clock 2026-11-10T10:00:00,x60");
  return false;
}

static bool check(const struct options *options) {
  if (options->faults.count > RULES_LIMIT) {
    complain("--fault: there are too many rules, %d is the most", (int)RULES_LIMIT);
    return false;
  }
  return check_pairs(&options->users, &options->passwords, "user", "password-file") &&
         check_pairs(&options->clients, &options->secrets, "client-id", "client-secret-file") &&
         check_late(options) && check_state(options->state) && check_written(options);
}

bool options_from_words(struct options *options, int argc, char **argv) {
  *options = (struct options){.host = "127.0.0.1",
                              .port = "0",
                              .token_lifetime = 1200,
                              .demo = true,
                              .sends = 24,
                              .subscribers = 12000,
                              .seed = 1,
                              .page_size = 2500,
                              .connections = 256,
                              .max_request = 16 << 20,
                              .request_lifetime = 600,
                              .answers = getenv("ETSIM_ANSWERS")};
  (void)clock_read(&options->clock, "real");
  struct option_table tables[OPTION_GROUPS];
  for (size_t i = 0; i < OPTION_GROUPS; i++)
    tables[i] = (struct option_table){.options = option_groups[i].options, .into = options};
  const struct options_reader reader = {
      .tables = tables, .table_count = OPTION_GROUPS, .help = "etsim --help"};
  bool done = options_read(&reader, argc - 1, argv + 1, &options->words);
  if (done && options->words.count && strcmp(options->words.items[0], "complete") != 0) {
    complain("unknown argument %s, see --help", options->words.items[0]);
    done = false;
  } else if (done && options->words.count == 1) {
    complain("complete what? etsim complete -- WORD...");
    done = false;
  }
  return done && (options->help || options->man || options->version || check(options));
}

void options_free(struct options *options) {
  struct option_list *lists[] = {&options->users,   &options->passwords, &options->clients,
                                 &options->secrets, &options->loads,     &options->faults,
                                 &options->tls,     &options->words};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    option_list_free(lists[i]);
}

char *options_read_secret(const char *file) {
  FILE *stream = fopen(file, "r");
  char *secret = calloc(1, SECRET_LIMIT);
  if (!stream || !secret || !fgets(secret, SECRET_LIMIT, stream)) {
    complain("%s: %s; its first line has to be the secret", file,
             !stream ? strerror(errno) : "nothing in it");
    free(secret);
    secret = NULL;
  } else {
    secret[strcspn(secret, "\r\n")] = 0;
  }
  if (stream)
    (void)fclose(stream);
  return secret;
}
