/* Values of options that are more than text or a number. The readers say what is wrong. */
#ifndef ETTRACK_CLI_VALUES_H
#define ETTRACK_CLI_VALUES_H

#include "common/options.h"

#include <etsoap/time.h>

option_reader value_names;        /* struct names */
option_reader value_mid;          /* struct numbers, one more */
option_reader value_utc_offset;   /* int, minutes */
option_reader value_setting;      /* struct settings_given, one more */
option_reader value_setting_file; /* the same, a file whose first line is the value */
option_reader value_format;       /* const struct writer * */

/* A point in time, `text` NULL: none. Without a zone it is in `utc_offset` minutes east of UTC. */
bool value_time(ets_time *time, const char *name, const char *text, int utc_offset);

/* A JobID: a whole number above 0. */
bool value_job_id(int32_t *job_id, const char *text);

#endif
