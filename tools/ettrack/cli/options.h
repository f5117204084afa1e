/* The options that commands share, in groups. */
#ifndef ETTRACK_CLI_OPTIONS_H
#define ETTRACK_CLI_OPTIONS_H

#include "common/options.h"
#include "ettrack/cli/values.h"
#include "ettrack/output/formats.h"

#include <etsoap/time.h>

/* Groups of options; a command takes some. */
enum {
  OPTIONS_WINDOW = 1,    /* --since, --until */
  OPTIONS_WHERE = 2,     /* --where, --unchecked */
  OPTIONS_LIMIT = 4,     /* --limit */
  OPTIONS_ACCOUNTS = 8,  /* --mid, --all-accounts, --batch-size */
  OPTIONS_COLUMNS = 16,  /* --properties */
  OPTIONS_DATES = 32,    /* --rfc3339, --utc-offset */
  OPTIONS_OUTPUT = 64,   /* --format, --output, --quiet, --traffic */
  OPTIONS_JOBS = 128,    /* --jobs */
  OPTIONS_SERVICE = 256, /* where the service is, who asks, and how patiently */
  OPTIONS_CALL = OPTIONS_OUTPUT | OPTIONS_SERVICE,
  OPTIONS_RETRIEVAL = OPTIONS_CALL | OPTIONS_ACCOUNTS | OPTIONS_COLUMNS | OPTIONS_DATES
};

struct options {
  const char *since_text, *until_text; /* NULL: that end is open */
  ets_time since, until;
  const char *where;
  bool unchecked; /* of `where` */
  uint64_t limit; /* rows; 0: none */
  struct numbers mids;
  bool all_accounts;
  uint64_t batch_size; /* 0: the service's own */
  struct names properties;
  bool rfc3339;
  int utc_offset;              /* of dates without zone, minutes east of UTC */
  const struct writer *writer; /* of --format */
  const char *output;          /* NULL: stdout */
  bool quiet;
  bool traffic;
  uint64_t jobs;
  const char *config;
  struct settings_given settings;
  uint64_t timeout; /* seconds; 0: the library's own */
  uint64_t tries;   /* 0: the library's own */
  uint64_t max_rps; /* 0: as fast as it goes */
  const char *trace;
  bool redact_subscribers;
};

/* One group: its bit, what the help puts over it, its table. */
struct option_group {
  unsigned bit;
  const char *heading;
  const struct option *options; /* into struct options */
};

enum { OPTION_GROUPS = 10 };
extern const struct option_group option_groups[OPTION_GROUPS];

/* What options mean unless they are given. */
#define OPTIONS_INIT \
  { .utc_offset = ETS_SERVER_UTC_OFFSET, .writer = format_default(), .jobs = 1 }

/* What belongs together, once all of them are read: times, which depend on --utc-offset, and what
 * excludes each other. False after saying what is wrong. */
bool options_check(struct options *options);

/* The window of --since and --until; NULL: that end is open. */
const ets_time *options_since(const struct options *options);
const ets_time *options_until(const struct options *options);

void options_free(struct options *options);

#endif
