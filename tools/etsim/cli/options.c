#include "cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/help.h"

enum { EXIT_USAGE = 2, SECRET_LIMIT = 4096, LOAD_LIMIT = 1024 };

enum option_code {
  OPTION_LISTEN = 256,
  OPTION_READY_FILE,
  OPTION_USER,
  OPTION_PASSWORD_FILE,
  OPTION_CLIENT_ID,
  OPTION_CLIENT_SECRET_FILE,
  OPTION_TOKEN_LIFETIME,
  OPTION_DATA,
  OPTION_SENDS,
  OPTION_SUBSCRIBERS,
  OPTION_SEED,
  OPTION_PAGE_SIZE,
  OPTION_MAX_TIME,
  OPTION_CONNECTIONS,
  OPTION_MAX_REQUEST,
  OPTION_REQUEST_LIFETIME,
  OPTION_LOG,
  OPTION_LATENCY,
  OPTION_TLS,
  OPTION_FAULT,
  OPTION_LOAD,
  OPTION_HELP,
  OPTION_VERSION
};

static const struct option long_options[] = {
    {"listen", required_argument, NULL, OPTION_LISTEN},
    {"ready-file", required_argument, NULL, OPTION_READY_FILE},
    {"user", required_argument, NULL, OPTION_USER},
    {"password-file", required_argument, NULL, OPTION_PASSWORD_FILE},
    {"client-id", required_argument, NULL, OPTION_CLIENT_ID},
    {"client-secret-file", required_argument, NULL, OPTION_CLIENT_SECRET_FILE},
    {"token-lifetime", required_argument, NULL, OPTION_TOKEN_LIFETIME},
    {"data", required_argument, NULL, OPTION_DATA},
    {"sends", required_argument, NULL, OPTION_SENDS},
    {"subscribers", required_argument, NULL, OPTION_SUBSCRIBERS},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"page-size", required_argument, NULL, OPTION_PAGE_SIZE},
    {"max-time", required_argument, NULL, OPTION_MAX_TIME},
    {"max-connections", required_argument, NULL, OPTION_CONNECTIONS},
    {"max-request", required_argument, NULL, OPTION_MAX_REQUEST},
    {"request-lifetime", required_argument, NULL, OPTION_REQUEST_LIFETIME},
    {"log", required_argument, NULL, OPTION_LOG},
    {"latency", required_argument, NULL, OPTION_LATENCY},
    {"tls", required_argument, NULL, OPTION_TLS},
    {"fault", required_argument, NULL, OPTION_FAULT},
    {"load", required_argument, NULL, OPTION_LOAD},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0}};

static int wrong(const char *option, const char *value, const char *right) {
  fprintf(stderr, "etsim: --%s %s: %s\n", option, value, right);
  return EXIT_USAGE;
}

static bool read_number(uint64_t *number, const char *text, uint64_t least, uint64_t most) {
  char *end;
  errno = 0;
  unsigned long long read = strtoull(text, &end, 10);
  if (end == text || *end || errno || *text == '-' || read < least || read > most)
    return false;
  *number = read;
  return true;
}

static int read_listen(struct options *options, const char *text) {
  const char *colon = strrchr(text, ':');
  uint64_t port;
  if (!colon || !read_number(&port, colon + 1, 0, 65535))
    return wrong("listen", text, "give HOST:PORT, for example 127.0.0.1:0 (0: any free port)");
  size_t size = (size_t)(colon - text);
  if (size >= 2 && text[0] == '[' && text[size - 1] == ']') {
    text++;
    size -= 2;
  }
  if (size == 0 || size >= sizeof options->host)
    return wrong("listen", text, "the host is missing or too long");
  memcpy(options->host, text, size);
  options->host[size] = 0;
  (void)snprintf(options->port, sizeof options->port, "%u", (unsigned)port);
  return -1;
}

static int read_data(struct options *options, const char *text) {
  if (strcmp(text, "demo") != 0 && strcmp(text, "none") != 0)
    return wrong("data", text, "give demo or none");
  options->demo = strcmp(text, "demo") == 0;
  return -1;
}

static int read_latency(struct options *options, const char *text) {
  char milliseconds[24] = "";
  size_t size = strcspn(text, ",");
  if (size < sizeof milliseconds)
    memcpy(milliseconds, text, size);
  if (!read_number(&options->latency, milliseconds, 0, 3600000) ||
      (text[size] && !read_number(&options->jitter, text + size + 1, 0, 3600000)))
    return wrong("latency", text, "give MILLISECONDS[,JITTER], for example 80,40");
  return -1;
}

static int read_tls(struct options *options, const char *certificate, const char *key) {
  options->certificate = certificate;
  options->key = key;
  return key ? -1 : wrong("tls", certificate, "give two files, the certificate and its key");
}

/* --load takes every word up to the next option. */
static void read_load(struct options *options, int argc, char **argv, char *first) {
  static char *gathered[LOAD_LIMIT];
  options->loads = gathered;
  while (first && options->load_count < LOAD_LIMIT) {
    gathered[options->load_count++] = first;
    first = optind < argc && strncmp(argv[optind], "--", 2) != 0 ? argv[optind++] : NULL;
  }
}

static int add_fault(struct options *options, const char *text) {
  if (options->fault_count == RULES_LIMIT)
    return wrong("fault", text, "there are too many rules");
  options->faults[options->fault_count++] = text;
  return -1;
}

/* The name and the file of a pair may come in either order; the next pair begins behind both. */
static struct credential *next_credential(struct credentials *credentials, bool complete) {
  if (credentials->count && !complete)
    return &credentials->items[credentials->count - 1];
  return credentials->count < AUTH_SECRETS ? &credentials->items[credentials->count++] : NULL;
}

static int add_name(struct credentials *credentials, const char *option, const char *name) {
  const struct credential *last =
      &credentials->items[credentials->count - (credentials->count > 0)];
  struct credential *item = next_credential(credentials, last->name != NULL);
  if (!item)
    return wrong(option, name, "16 are enough");
  item->name = name;
  return -1;
}

static int add_file(struct credentials *credentials, const char *option, const char *file) {
  const struct credential *last =
      &credentials->items[credentials->count - (credentials->count > 0)];
  struct credential *item = next_credential(credentials, last->file != NULL);
  if (!item)
    return wrong(option, file, "16 are enough");
  item->file = file;
  return -1;
}

int options_read_rules(const struct options *options, struct rules *rules) {
  rules_init(rules, options->seed);
  for (size_t i = 0; i < options->fault_count; i++) {
    const char *right = rules_add(rules, options->faults[i]);
    if (right)
      return wrong("fault", options->faults[i], right);
  }
  return -1;
}

static int read_limit(struct options *options, int code, const char *name, const char *text) {
  static const struct {
    int code;
    uint64_t least, most;
  } ranges[] = {{OPTION_TOKEN_LIFETIME, 1, 31536000},  {OPTION_SENDS, 1, 100000},
                {OPTION_SUBSCRIBERS, 1, 1000000000},   {OPTION_SEED, 0, UINT64_MAX},
                {OPTION_PAGE_SIZE, 1, 2500},           {OPTION_MAX_TIME, 1, 31536000},
                {OPTION_CONNECTIONS, 1, 10000},        {OPTION_MAX_REQUEST, 1024, 1 << 30},
                {OPTION_REQUEST_LIFETIME, 1, 31536000}};
  size_t i = 0;
  while (ranges[i].code != code)
    i++;
  uint64_t number;
  if (!read_number(&number, text, ranges[i].least, ranges[i].most)) {
    fprintf(stderr, "etsim: --%s %s: give a whole number from %llu to %llu\n", name, text,
            (unsigned long long)ranges[i].least, (unsigned long long)ranges[i].most);
    return EXIT_USAGE;
  }
  switch (code) {
  case OPTION_TOKEN_LIFETIME:
    options->token_lifetime = (long)number;
    break;
  case OPTION_SENDS:
    options->sends = (size_t)number;
    break;
  case OPTION_SUBSCRIBERS:
    options->subscribers = (uint32_t)number;
    break;
  case OPTION_SEED:
    options->seed = number;
    break;
  case OPTION_PAGE_SIZE:
    options->page_size = (size_t)number;
    break;
  case OPTION_MAX_TIME:
    options->max_time = (long)number;
    break;
  case OPTION_CONNECTIONS:
    options->connections = (size_t)number;
    break;
  case OPTION_MAX_REQUEST:
    options->max_request = (size_t)number;
    break;
  default:
    options->request_lifetime = (long)number;
  }
  return -1;
}

static int read_option(struct options *options, int code, const char *name, const char *value) {
  switch (code) {
  case OPTION_LISTEN:
    return read_listen(options, value);
  case OPTION_READY_FILE:
    options->ready_file = value;
    return -1;
  case OPTION_USER:
    return add_name(&options->users, name, value);
  case OPTION_PASSWORD_FILE:
    return add_file(&options->users, name, value);
  case OPTION_CLIENT_ID:
    return add_name(&options->clients, name, value);
  case OPTION_CLIENT_SECRET_FILE:
    return add_file(&options->clients, name, value);
  case OPTION_DATA:
    return read_data(options, value);
  case OPTION_LOG:
    options->log_file = value;
    return -1;
  case OPTION_LATENCY:
    return read_latency(options, value);
  case OPTION_FAULT:
    return add_fault(options, value);
  case OPTION_HELP:
    return fputs(help_text, stdout) < 0;
  case OPTION_VERSION:
    return puts("etsim " ETSOAP_VERSION_TEXT) < 0;
  case '?':
    fputs("etsim: see --help\n", stderr);
    return EXIT_USAGE;
  default:
    return read_limit(options, code, name, value);
  }
}

static bool are_pairs(const struct credentials *credentials) {
  for (size_t i = 0; i < credentials->count; i++)
    if (!credentials->items[i].name || !credentials->items[i].file)
      return false;
  return true;
}

static int check_pairs(const struct options *options) {
  if (!are_pairs(&options->users)) {
    fputs("etsim: --user and --password-file belong together\n", stderr);
    return EXIT_USAGE;
  }
  if (!are_pairs(&options->clients)) {
    fputs("etsim: --client-id and --client-secret-file belong together\n", stderr);
    return EXIT_USAGE;
  }
  return -1;
}

int options_read(struct options *options, int argc, char **argv) {
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
                              .request_lifetime = 600};
  for (;;) {
    int index = 0;
    int code = getopt_long(argc, argv, "+", long_options, &index);
    if (code == -1)
      break;
    if (code == OPTION_LOAD) {
      read_load(options, argc, argv, optarg);
      continue;
    }
    int exit_code = code == OPTION_TLS
                        ? read_tls(options, optarg, optind < argc ? argv[optind++] : NULL)
                        : read_option(options, code, long_options[index].name, optarg);
    if (exit_code >= 0)
      return exit_code;
  }
  if (optind < argc) {
    fprintf(stderr, "etsim: unknown argument %s, see --help\n", argv[optind]);
    return EXIT_USAGE;
  }
  return check_pairs(options);
}

char *options_read_secret(const char *file) {
  FILE *stream = fopen(file, "r");
  char *secret = calloc(1, SECRET_LIMIT);
  if (!stream || !secret || !fgets(secret, SECRET_LIMIT, stream)) {
    fprintf(stderr, "etsim: %s: %s; its first line has to be the secret\n", file,
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
