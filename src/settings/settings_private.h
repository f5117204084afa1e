/* A set of settings from inside. */
#ifndef ETS_SETTINGS_PRIVATE_H
#define ETS_SETTINGS_PRIVATE_H

#include <etsoap/settings.h>

#include <stdbool.h>
#include <stddef.h>

/* Those that are text: lower-case name, name in the environment, whether it is a secret. The
 * numbers of a session's options follow, from call/options.def. */
#define ETS_SETTING_MAP(X)                       \
  X(endpoint, "ETSOAP_ENDPOINT", false)          \
  X(username, "ETSOAP_USERNAME", false)          \
  X(password, "ETSOAP_PASSWORD", true)           \
  X(access_token, "ETSOAP_ACCESS_TOKEN", true)   \
  X(auth_url, "ETSOAP_AUTH_URL", false)          \
  X(client_id, "ETSOAP_CLIENT_ID", false)        \
  X(client_secret, "ETSOAP_CLIENT_SECRET", true) \
  X(account_id, "ETSOAP_ACCOUNT_ID", false)      \
  X(ca_file, "ETSOAP_CA_FILE", false)            \
  X(proxy, "ETSOAP_PROXY", false)                \
  X(no_proxy, "ETSOAP_NO_PROXY", false)          \
  X(redirect_uri, "ETSOAP_REDIRECT_URI", false)  \
  X(scope, "ETSOAP_SCOPE", false)                \
  X(profile, "ETSOAP_PROFILE", false)

enum ets_setting_id {
#define ETS_SETTING(name, environment, secret) ETS_SETTING_##name,
  ETS_SETTING_MAP(ETS_SETTING)
#undef ETS_SETTING
#define ETS_SESSION_NUMBER(name, environment, least, most, unit) ETS_SETTING_##name,
#include "call/options.def"
#undef ETS_SESSION_NUMBER
      ETS_SETTING_COUNT
};

/* As many as there are texts. */
enum {
#define ETS_SETTING(name, environment, secret) +1
  ETS_SETTING_FIRST_NUMBER = 0 ETS_SETTING_MAP(ETS_SETTING)
#undef ETS_SETTING
};

struct ets_setting {
  const char *name;
  const char *environment;
  bool secret;
};

extern const struct ets_setting ets_setting_rows[ETS_SETTING_COUNT];

/* Where a value came from, nearest first. */
enum ets_setting_source { ETS_FROM_CALLER, ETS_FROM_ENVIRONMENT, ETS_FROM_FILE, ETS_FROM_NOWHERE };

enum { ETS_PROFILE_NAMES = 200 };

struct ets_settings {
  char *values[ETS_SETTING_COUNT];
  enum ets_setting_source sources[ETS_SETTING_COUNT];
  char profiles[ETS_PROFILE_NAMES]; /* that a file has, "test, live" */
};

/* By the first n characters of a name; -1: there is none. */
int ets_setting_find(const char *name, size_t n);

/* Fails with what the names are. `where` comes first in the message, "FILE:7: " or "". */
ets_status ets_setting_unknown(const char *where, const char *name, ets_error *error);

/* Takes a value, unless there is one from nearer. */
ets_status ets_setting_take(ets_settings *settings, int id, const char *value,
                            enum ets_setting_source source, const char *where, ets_error *error);

/* The number that a text stands for, in range; K, M and G count where bytes are meant. */
bool ets_setting_number(int64_t *number, int id, const char *text);

#endif
