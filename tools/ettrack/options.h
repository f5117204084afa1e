/* The command line: commands, options, and what they were set to. */
#ifndef ETTRACK_OPTIONS_H
#define ETTRACK_OPTIONS_H

#include "output.h"

#include <etsoap/time.h>

struct ettrack;

/* Which commands take an option; a command is one bit. */
enum {
  FOR_SEND = 1,
  FOR_SENDS = 2,
  FOR_LINKS = 4,
  FOR_LISTS = 8,
  FOR_EVENTS = 16,
  FOR_RETRIEVE = 32,
  FOR_DESCRIBE = 64,
  FOR_STATUS = 128,
  FOR_VERSION = 256,
  FOR_HELP = 512,
  FOR_RETRIEVALS = FOR_SEND | FOR_SENDS | FOR_LINKS | FOR_LISTS | FOR_EVENTS | FOR_RETRIEVE,
  FOR_ANY_CALL = FOR_RETRIEVALS | FOR_DESCRIBE | FOR_STATUS
};

struct command {
  const char *name;
  unsigned bit;
  const char *operands; /* "JOBID..." */
  unsigned operands_least;
  unsigned operands_most; /* 0: as many as you like */
  const char *summary;    /* one line */
  const char *text;       /* what else there is to know; may be "" */
  const char *examples;
  int (*run)(struct ettrack *);
};

extern const struct command commands[]; /* ends with a NULL name */
const struct command *command_find(const char *name);

struct names {
  const char **items; /* into `text` */
  size_t count;
  char *text;
};

struct numbers {
  int32_t *items;
  size_t count;
};

struct options {
  const struct command *command; /* NULL: none was given */
  const char **operands;
  size_t operand_count;
  bool help;
  bool version;
  const char *format_name;
  enum format format;
  const char *output;
  struct names properties;
  struct numbers mids;
  bool all_accounts;
  int batch_size;
  int jobs;
  bool rfc3339;
  bool quiet;
  bool counts;
  bool no_counts;
  int limit; /* 0: none */
  const char *since_text;
  const char *until_text;
  ets_time since;
  ets_time until;
  int send;
  const char *subscriber;
  int batch;
  const char *where;
  const char *config;
  const char *endpoint;
  const char *username;
  const char *password_file;
  const char *token_file;
  const char *auth_url;
  const char *client_id;
  const char *client_secret_file;
  const char *account_id;
  const char *ca_file;
  int timeout;
  int tries;
  int max_rps; /* 0: as fast as it goes */
  bool traffic;
  const char *trace;
  bool redact_subscribers;
  const char *utc_offset_text;
  int utc_offset;
};

/* How the value of an option is read. */
enum option_kind {
  OPTION_FLAG,
  OPTION_TEXT,
  OPTION_COUNT, /* a whole number from 1 to `most` */
  OPTION_NAMES, /* separated by commas */
  OPTION_MID    /* repeatable */
};

struct option {
  const char *name;  /* "format", written --format */
  char letter;       /* 0: none */
  const char *value; /* "FILE"; NULL: none */
  enum option_kind kind;
  size_t offset; /* of the member of struct options */
  int most;
  unsigned commands;
  const char *help;
};

extern const struct option option_table[]; /* ends with a NULL name */

/* Reads the arguments. Returns EXIT_CODE_DONE, or EXIT_CODE_USAGE after saying what is wrong.
 * `options` is to be freed either way. */
int options_read(struct options *options, int argc, char **argv);
void options_free(struct options *options);

/* A JobID: a whole number above 0. Returns false after saying what is wrong. */
bool read_job_id(int32_t *job_id, const char *text);

#endif
