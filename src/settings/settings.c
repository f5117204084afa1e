#include "settings/settings_private.h"

#include "base/secret.h"
#include "call/options.h"

#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct ets_setting ets_setting_rows[ETS_SETTING_COUNT] = {
#define ETS_SETTING(name, environment, secret) {#name, environment, secret},
    ETS_SETTING_MAP(ETS_SETTING)
#undef ETS_SETTING
#define ETS_SESSION_NUMBER(name, environment, least, most, unit) {#name, environment, false},
#include "call/options.def"
#undef ETS_SESSION_NUMBER
};

ets_status ets_settings_new(ets_settings **settings) {
  *settings = calloc(1, sizeof **settings);
  if (!*settings)
    return ETS_E_NOMEM;
  for (int id = 0; id < ETS_SETTING_COUNT; id++)
    (*settings)->sources[id] = ETS_FROM_NOWHERE;
  return ETS_OK;
}

void ets_settings_free(ets_settings *settings) {
  if (!settings)
    return;
  for (int id = 0; id < ETS_SETTING_COUNT; id++)
    ets_wipe(settings->values[id]);
  free(settings);
}

int ets_setting_find(const char *name, size_t n) {
  for (int id = 0; id < ETS_SETTING_COUNT; id++)
    if (strlen(ets_setting_rows[id].name) == n && memcmp(ets_setting_rows[id].name, name, n) == 0)
      return id;
  return -1;
}

ets_status ets_setting_unknown(const char *where, const char *name, ets_error *error) {
  char names[400] = "";
  size_t size = 0;
  for (int id = 0; id < ETS_SETTING_COUNT && size < sizeof names; id++)
    size += (size_t)snprintf(names + size, sizeof names - size, "%s%s", id ? ", " : "",
                             ets_setting_rows[id].name);
  return ets_error_set(error, ETS_E_USAGE, "%sunknown setting '%.40s': expected one of %s", where,
                       name, names);
}

/* --- numbers --------------------------------------------------------------------------------- */

static const struct ets_session_number *number_of(int id) {
  return &ets_session_numbers[id - ETS_SETTING_FIRST_NUMBER];
}

bool ets_setting_number(int64_t *number, int id, const char *text) {
  const struct ets_session_number *row = number_of(id);
  if (!isdigit((unsigned char)*text))
    return false;
  char *end;
  uintmax_t value = strtoumax(text, &end, 10);
  unsigned shift = 0;
  if (*end && strstr(row->name, "_bytes")) {
    shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
    end += shift > 0;
  }
  if (*end || value > (uintmax_t)INT64_MAX >> shift)
    return false;
  *number = (int64_t)(value << shift);
  return *number >= row->least && *number <= row->most;
}

/* What stands in a file or in the environment may be a secret in the wrong place: not quoted. */
static ets_status check_number(int id, const char *text, bool quoted, const char *where,
                               ets_error *error) {
  const struct ets_session_number *row = number_of(id);
  int64_t number;
  if (ets_setting_number(&number, id, text))
    return ETS_OK;
  const char *mark = quoted ? "'" : "";
  return ets_error_set(error, ETS_E_USAGE,
                       "%s%s%s%s%.20s%s: expected %" PRId64 " to %" PRId64 " (%s)", where,
                       row->name, quoted ? " " : "", mark, quoted ? text : "", mark, row->least,
                       row->most, row->unit);
}

/* --- values ---------------------------------------------------------------------------------- */

ets_status ets_setting_take(ets_settings *settings, int id, const char *value,
                            enum ets_setting_source source, const char *where, ets_error *error) {
  if (id >= ETS_SETTING_FIRST_NUMBER) {
    ets_status status = check_number(id, value, source == ETS_FROM_CALLER, where, error);
    if (status != ETS_OK)
      return status;
  }
  if (settings->values[id])
    return ETS_OK;
  settings->values[id] = strdup(value);
  if (!settings->values[id])
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  settings->sources[id] = source;
  return ETS_OK;
}

ets_status ets_settings_set(ets_settings *settings, const char *name, const char *value,
                            ets_error *error) {
  int id = ets_setting_find(name, strlen(name));
  if (id < 0)
    return ets_setting_unknown("", name, error);
  if (!value || !*value)
    return ets_error_set(error, ETS_E_USAGE, "setting %s is empty", name);
  return ets_setting_take(settings, id, value, ETS_FROM_CALLER, "", error);
}

const char *ets_settings_get(const ets_settings *settings, const char *name) {
  int id = ets_setting_find(name, strlen(name));
  return id < 0 ? NULL : settings->values[id];
}

ets_status ets_settings_environment(ets_settings *settings, ets_error *error) {
  ets_status status = ETS_OK;
  for (int id = 0; status == ETS_OK && id < ETS_SETTING_COUNT; id++) {
    const char *value = getenv(ets_setting_rows[id].environment);
    if (value && *value)
      status = ets_setting_take(settings, id, value, ETS_FROM_ENVIRONMENT, "", error);
  }
  return status;
}
