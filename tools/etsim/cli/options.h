/* The command line. */
#ifndef ETSIM_CLI_OPTIONS_H
#define ETSIM_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "service/auth.h"
#include "faults/rules.h"

struct credentials {
  struct credential {
    const char *name;
    const char *file; /* with the secret */
  } items[AUTH_SECRETS];
  size_t count;
};

struct options {
  char host[64];
  char port[8];
  const char *ready_file;
  struct credentials users;
  struct credentials clients;
  long token_lifetime; /* seconds */
  bool demo;
  size_t sends;
  uint32_t subscribers;
  uint64_t seed;
  size_t page_size;
  long max_time; /* seconds, 0: none */
  size_t connections;
  size_t max_request; /* bytes */
  const char *log_file;
  uint64_t latency, jitter;      /* milliseconds */
  const char *certificate, *key; /* of TLS */
  const char *faults[RULES_LIMIT];
  size_t fault_count;
  char **loads; /* words of the command line */
  size_t load_count;
  long request_lifetime; /* seconds that a RequestID lives */
};

/* @return -1 to go on, or the exit code */
int options_read(struct options *options, int argc, char **argv);

/* Reads the rules, which the options were only kept of: the seed may stand behind them.
 * @return -1 to go on, or the exit code */
int options_read_rules(const struct options *options, struct rules *rules);

/* First line of a file, without its end; NULL after saying why on stderr. */
char *options_read_secret(const char *file);

#endif
