/* The command line. */
#ifndef ETSIM_CLI_OPTIONS_H
#define ETSIM_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/options.h"
#include "ground/clock.h"

struct options {
  char host[64];
  char port[8];
  const char *ready_file;
  uint64_t max_time;                   /* seconds, 0: none */
  struct option_list users, passwords; /* names, and files with the secrets: pairs */
  struct option_list clients, secrets; /* the same for the token endpoint */
  uint64_t token_lifetime;             /* seconds */
  bool demo;
  uint64_t sends, subscribers, seed;
  struct clock clock;
  unsigned late_percent;
  int64_t late_by;                      /* milliseconds */
  uint64_t page_size, request_lifetime; /* rows; seconds that a RequestID lives */
  struct option_list loads;             /* files */
  uint64_t latency, jitter;             /* milliseconds */
  struct option_list faults;            /* rules */
  struct option_list tls;               /* certificate and key, or nothing */
  const char *state, *truth, *files;    /* file, file, folder */
  const char *answers;                  /* folder */
  const char *log_file;
  uint64_t connections, max_request; /* number; bytes */
  struct option_list words; /* of a command line to complete, `complete` in front; or nothing */
  bool help, man, version, describe_data;
};

/* Fills in what is not given. To be freed either way. @return false after saying what is wrong */
bool options_from_words(struct options *options, int argc, char **argv);
void options_free(struct options *options);

/* Under its heading, NULL for none. */
struct option_group {
  const char *heading;
  const struct option *options; /* into struct options */
};

enum { OPTION_GROUPS = 7 };
extern const struct option_group option_groups[OPTION_GROUPS];

/* First line of a file, without its end; NULL after saying why on stderr. */
char *options_read_secret(const char *file);

#endif
