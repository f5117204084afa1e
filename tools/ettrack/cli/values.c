#include "ettrack/cli/values.h"

#include "common/program.h"
#include "ettrack/output/formats.h"

#include <stdlib.h>
#include <string.h>

static bool out_of_memory(void) {
  complain("out of memory");
  return false;
}

/* --- names ----------------------------------------------------------------------------------- */

/* The name without the blanks around it. */
static char *trimmed(char *name) {
  name += strspn(name, " ");
  for (size_t n = strlen(name); n > 0 && name[n - 1] == ' ';)
    name[--n] = '\0';
  return name;
}

bool value_names(const struct option *option, void *member, const char *text) {
  struct names *names = member;
  if (names->text) {
    complain("--%s is given twice: name all of them in one, separated by commas", option->name);
    return false;
  }
  size_t most = 1;
  for (const char *at = text; *at; at++)
    most += *at == ',';
  names->text = strdup(text);
  names->items = calloc(most, sizeof *names->items);
  if (!names->text || !names->items)
    return out_of_memory();
  for (char *name = names->text, *next; name; name = next) {
    next = strchr(name, ',');
    if (next)
      *next++ = '\0';
    name = trimmed(name);
    if (!*name) {
      complain("--%s has an empty name: expected names separated by commas, "
               "SubscriberKey,EventDate",
               option->name);
      return false;
    }
    names->items[names->count++] = name;
  }
  return true;
}

/* --- numbers --------------------------------------------------------------------------------- */

bool value_mid(const struct option *option, void *member, const char *text) {
  struct numbers *mids = member;
  uint64_t mid;
  if (!option_number(&mid, text, 1, INT32_MAX)) {
    complain("--%s takes the MID of a business unit, a whole number, not '%s'", option->name, text);
    return false;
  }
  int32_t *items = realloc(mids->items, (mids->count + 1) * sizeof *items);
  if (!items)
    return out_of_memory();
  mids->items = items;
  mids->items[mids->count++] = (int32_t)mid;
  return true;
}

bool value_job_id(int32_t *job_id, const char *text) {
  uint64_t number;
  if (!option_number(&number, text, 1, INT32_MAX)) {
    complain("'%s' is no JobID: expected the whole number that the send call returned", text);
    return false;
  }
  *job_id = (int32_t)number;
  return true;
}

/* --- settings -------------------------------------------------------------------------------- */

static bool give_setting(const struct option *option, struct settings_given *given,
                         const char *value, bool in_file) {
  if (!*value) {
    complain("--%s %s is empty", option->name, option->value);
    return false;
  }
  struct setting_given *items = realloc(given->items, (given->count + 1) * sizeof *items);
  if (!items)
    return out_of_memory();
  given->items = items;
  given->items[given->count++] = (struct setting_given){option->name, value, in_file};
  return true;
}

bool value_setting(const struct option *option, void *member, const char *value) {
  return give_setting(option, member, value, false);
}

bool value_setting_file(const struct option *option, void *member, const char *value) {
  return give_setting(option, member, value, true);
}

/* --- words ----------------------------------------------------------------------------------- */

bool value_format(const struct option *option, void *member, const char *text) {
  char names[200];
  const struct writer *writer = format_find(text);
  if (writer)
    *(const struct writer **)member = writer;
  else
    complain("there is no %s '%s': expected %s", option->name, text,
             format_names(names, sizeof names));
  return writer != NULL;
}

/* +HH:MM, -HH:MM or Z, by way of a date in that zone. */
bool value_utc_offset(const struct option *option, void *member, const char *text) {
  char date[40] = "2000-01-01T00:00:00";
  size_t start = strlen(date);
  ets_time time;
  if (strlen(text) <= 6 && strchr("+-Z", *text)) {
    memcpy(date + start, text, strlen(text) + 1);
    if (ets_time_parse(&time, date, 0) == ETS_OK && time.zoned) {
      *(int *)member = time.offset;
      return true;
    }
  }
  complain("--%s takes +HH:MM, -HH:MM or Z, not '%s'", option->name, text);
  return false;
}

/* --- times ----------------------------------------------------------------------------------- */

static const int64_t second = 1000000, minute = 60 * 1000000LL, day = 86400 * 1000000LL;

/* The first moment of the day, in the offset of `time`. */
static ets_time midnight(ets_time time) {
  int64_t local = time.microseconds + time.offset * minute;
  int64_t into_day = (local % day + day) % day;
  return ets_time_add(time, -into_day);
}

/* "7d", "36h", "90m", "2w" as minutes. */
static bool read_duration(int64_t *minutes, const char *text) {
  static const struct {
    char letter;
    int64_t units;
  } units[] = {{'m', 1}, {'h', 60}, {'d', 24 * 60}, {'w', 7 * 24 * 60}};
  size_t digits = strspn(text, "0123456789");
  if (digits == 0 || digits > 6 || !text[digits] || text[digits + 1])
    return false;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (units[i].letter == text[digits]) {
      *minutes = (int64_t)strtoul(text, NULL, 10) * units[i].units;
      return true;
    }
  return false;
}

bool value_duration(const struct option *option, void *member, const char *text) {
  int64_t minutes = 0;
  bool read = strcmp(text, "0") == 0 || read_duration(&minutes, text);
  if (!read || minutes > INT32_MAX / 60) {
    complain("--%s takes a length of time such as 1h or 3d, not '%s'", option->name, text);
    return false;
  }
  *(struct duration *)member = (struct duration){(int32_t)minutes * 60, true};
  return true;
}

/* So long before now. */
static bool ago(ets_time *time, const char *text, ets_time now) {
  int64_t minutes;
  if (!read_duration(&minutes, text))
    return false;
  *time = ets_time_add(now, -minutes * minute);
  return true;
}

/* What is said from now: "now", "today", "yesterday", "7d". */
static bool from_now(ets_time *time, const char *text, int utc_offset) {
  ets_time now = ets_time_now(utc_offset);
  now = ets_time_add(now, -(now.microseconds % second));
  if (strcmp(text, "now") == 0)
    *time = now;
  else if (strcmp(text, "today") == 0)
    *time = midnight(now);
  else if (strcmp(text, "yesterday") == 0)
    *time = ets_time_add(midnight(now), -day);
  else
    return ago(time, text, now);
  return true;
}

/* The service compares whole seconds, so a fraction would mean another window than it says. */
static bool is_whole(ets_time time, const char *name, const char *text) {
  char before[40], after[40];
  if (!ets_time_has_fraction(text))
    return true;
  time = ets_time_floor(time);
  ets_time_format(time, before, sizeof before);
  ets_time_format(ets_time_add(time, second), after, sizeof after);
  complain("--%s '%s' has a fraction of a second, and the service compares whole ones: write %s or "
           "%s",
           name, text, before, after);
  return false;
}

bool value_time(ets_time *time, const char *name, const char *text, int utc_offset) {
  if (!text || from_now(time, text, utc_offset))
    return true;
  if (ets_time_parse(time, text, utc_offset) == ETS_OK)
    return is_whole(*time, name, text);
  complain("--%s '%s' is no time: expected 2026-11-01, 2026-11-01T10:02, 2026-11-01T10:02:01Z, "
           "7d, 36h, today or yesterday",
           name, text);
  return false;
}
