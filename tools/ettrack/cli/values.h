/* Values of options that are more than text or a number. The readers say what is wrong. */
#ifndef ETTRACK_CLI_VALUES_H
#define ETTRACK_CLI_VALUES_H

#include "common/options.h"

#include <etsoap/time.h>

struct names {
  const char **items; /* into `text` */
  size_t count;
  char *text;
};

struct numbers {
  int32_t *items;
  size_t count;
};

struct duration {
  int32_t seconds;
  bool given;
};

/* Options that are settings as well, by the options' names; the last one of a name counts. */
struct settings_given {
  struct setting_given {
    const char *option; /* "endpoint", "password-file" */
    const char *value;
    bool in_file; /* the value is the name of a file, whose first line counts */
  } * items;
  size_t count;
};

option_reader value_names;        /* struct names */
option_reader value_mid;          /* struct numbers, one more */
option_reader value_utc_offset;   /* int, minutes */
option_reader value_setting;      /* struct settings_given, one more */
option_reader value_setting_file; /* the same, a file whose first line is the value */
option_reader value_format;       /* const struct writer * */
option_reader value_duration;     /* struct duration: 30m, 6h, 3d, 1w; 0 */

/* A point in time, `text` NULL: none. Without a zone it is in `utc_offset` minutes east of UTC. */
bool value_time(ets_time *time, const char *name, const char *text, int utc_offset);

/* A JobID: a whole number above 0. */
bool value_job_id(int32_t *job_id, const char *text);

#endif
