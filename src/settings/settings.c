#include <etsoap/settings.h>

#include <etsoap/auth.h>

#include "base/secret.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* lower-case name, name in the environment, whether it is a secret */
#define SETTING_MAP(X)                           \
  X(endpoint, "ETSOAP_ENDPOINT", false)          \
  X(username, "ETSOAP_USERNAME", false)          \
  X(password, "ETSOAP_PASSWORD", true)           \
  X(access_token, "ETSOAP_ACCESS_TOKEN", true)   \
  X(auth_url, "ETSOAP_AUTH_URL", false)          \
  X(client_id, "ETSOAP_CLIENT_ID", false)        \
  X(client_secret, "ETSOAP_CLIENT_SECRET", true) \
  X(account_id, "ETSOAP_ACCOUNT_ID", false)      \
  X(ca_file, "ETSOAP_CA_FILE", false)            \
  X(proxy, "ETSOAP_PROXY", false)

enum setting_id {
#define SETTING_ID(name, environment, secret) SETTING_##name,
  SETTING_MAP(SETTING_ID)
#undef SETTING_ID
      SETTING_COUNT
};

static const struct setting {
  const char *name;
  const char *environment;
  bool secret;
} known[SETTING_COUNT] = {
#define SETTING_ROW(name, environment, secret) {#name, environment, secret},
    SETTING_MAP(SETTING_ROW)
#undef SETTING_ROW
};

/* Where a value came from, nearest first. */
enum source { SOURCE_CALLER, SOURCE_ENVIRONMENT, SOURCE_FILE, SOURCE_NONE };

struct ets_settings {
  char *values[SETTING_COUNT];
  enum source sources[SETTING_COUNT];
};

enum { FILE_SIZE_MAX = 64 * 1024 };

ets_status ets_settings_new(ets_settings **settings) {
  *settings = calloc(1, sizeof **settings);
  if (!*settings)
    return ETS_E_NOMEM;
  for (int id = 0; id < SETTING_COUNT; id++)
    (*settings)->sources[id] = SOURCE_NONE;
  return ETS_OK;
}

void ets_settings_free(ets_settings *settings) {
  if (!settings)
    return;
  for (int id = 0; id < SETTING_COUNT; id++)
    ets_wipe(settings->values[id]);
  free(settings);
}

static int find(const char *name, size_t n) {
  for (int id = 0; id < SETTING_COUNT; id++)
    if (strlen(known[id].name) == n && memcmp(known[id].name, name, n) == 0)
      return id;
  return -1;
}

static ets_status take(ets_settings *settings, int id, const char *value, enum source source,
                       ets_error *error) {
  if (settings->values[id])
    return ETS_OK;
  settings->values[id] = strdup(value);
  if (!settings->values[id])
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  settings->sources[id] = source;
  return ETS_OK;
}

static const char names_text[] =
    "endpoint, username, password, access_token, auth_url, client_id, client_secret, account_id, "
    "ca_file, proxy";

ets_status ets_settings_set(ets_settings *settings, const char *name, const char *value,
                            ets_error *error) {
  int id = find(name, strlen(name));
  if (id < 0)
    return ets_error_set(error, ETS_E_USAGE, "unknown setting '%.40s': expected one of %s", name,
                         names_text);
  if (!value || !*value)
    return ets_error_set(error, ETS_E_USAGE, "setting %s is empty", name);
  return take(settings, id, value, SOURCE_CALLER, error);
}

const char *ets_settings_get(const ets_settings *settings, const char *name) {
  int id = find(name, strlen(name));
  return id < 0 ? NULL : settings->values[id];
}

ets_status ets_settings_environment(ets_settings *settings, ets_error *error) {
  ets_status status = ETS_OK;
  for (int id = 0; status == ETS_OK && id < SETTING_COUNT; id++) {
    const char *value = getenv(known[id].environment);
    if (value && *value)
      status = take(settings, id, value, SOURCE_ENVIRONMENT, error);
  }
  return status;
}

/* --- the config file ------------------------------------------------------------------------- */

static char *trim(char *text) {
  while (isspace((unsigned char)*text))
    text++;
  size_t n = strlen(text);
  while (n > 0 && isspace((unsigned char)text[n - 1]))
    text[--n] = '\0';
  return text;
}

/* A proxy address may carry a password. */
static bool holds_secret(int id, const char *value) {
  return known[id].secret || (id == SETTING_proxy && strchr(value, '@'));
}

struct reader {
  const char *path;
  int line;
  bool open_to_others;
  bool seen[SETTING_COUNT];
};

/* No message quotes a value: it may be a secret in the wrong place. */
static ets_status take_line(ets_settings *settings, struct reader *reader, char *line,
                            ets_error *error) {
  line = trim(line);
  if (!*line || *line == '#')
    return ETS_OK;
  char *equals = strchr(line, '=');
  if (!equals)
    return ets_error_set(error, ETS_E_USAGE, "%s:%d: expected name = value", reader->path,
                         reader->line);
  *equals = '\0';
  const char *name = trim(line);
  const char *value = trim(equals + 1);
  int id = find(name, strlen(name));
  if (id < 0)
    return ets_error_set(error, ETS_E_USAGE, "%s:%d: unknown setting '%.40s': expected one of %s",
                         reader->path, reader->line, name, names_text);
  if (reader->seen[id])
    return ets_error_set(error, ETS_E_USAGE, "%s:%d: %s is set for the second time: keep one",
                         reader->path, reader->line, name);
  reader->seen[id] = true;
  if (!*value)
    return ets_error_set(error, ETS_E_USAGE, "%s:%d: %s has no value", reader->path, reader->line,
                         name);
  if (reader->open_to_others && holds_secret(id, value))
    return ets_error_set(error, ETS_E_USAGE,
                         "%s:%d: %s is a secret in a file that others may read: chmod 600 %s",
                         reader->path, reader->line, name, reader->path);
  return take(settings, id, value, SOURCE_FILE, error);
}

static ets_status take_text(ets_settings *settings, struct reader *reader, char *text,
                            ets_error *error) {
  static const char byte_order_mark[] = "\xEF\xBB\xBF";
  ets_status status = ETS_OK;
  if (strncmp(text, byte_order_mark, 3) == 0)
    text += 3;
  while (status == ETS_OK && *text) {
    char *end = text + strcspn(text, "\n");
    char *next = *end ? end + 1 : end;
    *end = '\0';
    reader->line++;
    status = take_line(settings, reader, text, error);
    text = next;
  }
  return status;
}

/* Into `text`, which has room for FILE_SIZE_MAX bytes and a NUL. Returns the size, one more than
 * FILE_SIZE_MAX when there is more, -1 with errno. */
static ssize_t read_all(int file, char *text) {
  size_t size = 0;
  while (size <= FILE_SIZE_MAX) {
    ssize_t n = read(file, text + size, FILE_SIZE_MAX + 1 - size);
    if (n == 0)
      break;
    if (n > 0)
      size += (size_t)n;
    else if (errno != EINTR)
      return -1;
  }
  return (ssize_t)size;
}

ets_status ets_settings_file(ets_settings *settings, const char *path, ets_error *error) {
  ets_status status;
  struct stat about;
  char *text = NULL;
  ssize_t size = 0;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &about) != 0) {
    status =
        ets_error_set(error, ETS_E_IO, "cannot read the config file %s: %s", path, strerror(errno));
    goto cleanup;
  }
  text = malloc(FILE_SIZE_MAX + 2);
  if (!text) {
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
    goto cleanup;
  }
  size = read_all(file, text);
  if (size < 0) {
    status =
        ets_error_set(error, ETS_E_IO, "cannot read the config file %s: %s", path, strerror(errno));
    goto cleanup;
  }
  text[size] = '\0';
  if (size > FILE_SIZE_MAX || memchr(text, '\0', (size_t)size)) {
    status = ets_error_set(error, ETS_E_USAGE,
                           "%s is no config file: expected lines of text, "
                           "name = value",
                           path);
    goto cleanup;
  }
  struct reader reader = {path, 0, false, {false}};
  reader.open_to_others = S_ISREG(about.st_mode) && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0;
  status = take_text(settings, &reader, text, error);

cleanup:
  if (text)
    OPENSSL_cleanse(text, FILE_SIZE_MAX + 2);
  free(text);
  if (file >= 0)
    close(file);
  return status;
}

/* --- the session ----------------------------------------------------------------------------- */

/* Which credentials to use when there are several kinds: those that were given nearest, so that a
 * user name on the command line beats a token in the environment. */
static int choose_credentials(const ets_settings *settings) {
  static const int kinds[] = {SETTING_access_token, SETTING_client_id, SETTING_username};
  int chosen = -1;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (settings->values[kinds[i]] &&
        (chosen < 0 || settings->sources[kinds[i]] < settings->sources[chosen]))
      chosen = kinds[i];
  return chosen;
}

/* What the chosen credentials need besides. */
static ets_status check_credentials(const ets_settings *settings, int credentials,
                                    ets_error *error) {
  char *const *values = settings->values;
  if (credentials < 0)
    return ets_error_set(error, ETS_E_USAGE,
                         "no credentials: set ETSOAP_CLIENT_ID and ETSOAP_CLIENT_SECRET, "
                         "ETSOAP_USERNAME and ETSOAP_PASSWORD, or ETSOAP_ACCESS_TOKEN, or the same "
                         "in a config file");
  if (credentials == SETTING_username && !values[SETTING_password])
    return ets_error_set(error, ETS_E_USAGE,
                         "no password for user %.80s: set ETSOAP_PASSWORD, or password in a config "
                         "file",
                         values[SETTING_username]);
  if (credentials == SETTING_client_id && !values[SETTING_client_secret])
    return ets_error_set(
        error, ETS_E_USAGE,
        "no secret for client %.80s: set ETSOAP_CLIENT_SECRET, or client_secret in "
        "a config file",
        values[SETTING_client_id]);
  if (credentials == SETTING_client_id && !values[SETTING_auth_url])
    return ets_error_set(error, ETS_E_USAGE,
                         "no address to fetch a token from: set ETSOAP_AUTH_URL, or auth_url in a "
                         "config file, to https://SUBDOMAIN.auth.marketingcloudapis.com/");
  if (credentials != SETTING_client_id && settings->sources[SETTING_account_id] == SOURCE_CALLER)
    return ets_error_set(error, ETS_E_USAGE,
                         "account_id says for which business unit a token is fetched, and there is "
                         "no client_id to fetch one with: name the business unit in the request");
  return ETS_OK;
}

/* The endpoint may come with the token. */
static ets_status check_endpoint(const char *endpoint, int credentials, ets_error *error) {
  if (endpoint || credentials == SETTING_client_id)
    return ETS_OK;
  return ets_error_set(error, ETS_E_USAGE,
                       "no endpoint: set ETSOAP_ENDPOINT, or endpoint in a config file, to the "
                       "account's own, https://SUBDOMAIN.soap.marketingcloudapis.com/Service.asmx");
}

static ets_status set_credentials(ets_session *session, const ets_settings *settings,
                                  int credentials) {
  char *const *values = settings->values;
  if (credentials == SETTING_access_token)
    return ets_auth_token(session, values[SETTING_access_token]);
  if (credentials == SETTING_username)
    return ets_auth_username(session, values[SETTING_username], values[SETTING_password]);
  ets_oauth_options options = ETS_OAUTH_OPTIONS_INIT;
  options.auth_url = values[SETTING_auth_url];
  options.client_id = values[SETTING_client_id];
  options.client_secret = values[SETTING_client_secret];
  options.account_id = values[SETTING_account_id];
  return ets_auth_oauth(session, &options);
}

ets_status ets_settings_session(ets_session **session, const ets_settings *settings,
                                const ets_session_options *options, ets_error *error) {
  ets_session_options filled = ETS_SESSION_OPTIONS_INIT;
  if (options)
    filled = *options;
  if (!filled.endpoint)
    filled.endpoint = settings->values[SETTING_endpoint];
  if (!filled.ca_file)
    filled.ca_file = settings->values[SETTING_ca_file];
  if (!filled.proxy)
    filled.proxy = settings->values[SETTING_proxy];
  *session = NULL;
  int credentials = choose_credentials(settings);
  ets_status status = check_endpoint(filled.endpoint, credentials, error);
  if (status == ETS_OK)
    status = check_credentials(settings, credentials, error);
  if (status == ETS_OK)
    status = ets_session_new(session, &filled, error);
  if (status != ETS_OK)
    return status;
  status = set_credentials(*session, settings, credentials);
  if (status != ETS_OK) {
    if (error)
      *error = *ets_session_error(*session);
    ets_session_free(*session);
    *session = NULL;
  }
  return status;
}

ets_status ets_session_from_environment(ets_session **session, ets_error *error) {
  ets_settings *settings;
  *session = NULL;
  ets_status status = ets_settings_new(&settings);
  if (status != ETS_OK)
    return ets_error_set(error, status, "out of memory");
  status = ets_settings_environment(settings, error);
  if (status == ETS_OK)
    status = ets_settings_session(session, settings, NULL, error);
  ets_settings_free(settings);
  return status;
}
