#include "ettrack/cli/settings.h"

#include "common/program.h"

static bool set(ets_settings *settings, const char *name, const char *value) {
  ets_error error;
  if (!value || ets_settings_set(settings, name, value, &error) == ETS_OK)
    return true;
  complain("%s", error.message);
  return false;
}

/* The file's first line becomes the setting. */
static bool set_from_file(ets_settings *settings, const char *name, const char *path) {
  ets_error error;
  if (!path || ets_settings_set_from_file(settings, name, path, &error) == ETS_OK)
    return true;
  complain("%s", error.message);
  return false;
}

/* The options of the command line. */
static bool set_options(ets_settings *settings, const struct options *options) {
  return set(settings, "endpoint", options->endpoint) &&
         set(settings, "username", options->username) &&
         set(settings, "ca_file", options->ca_file) &&
         set(settings, "auth_url", options->auth_url) &&
         set(settings, "client_id", options->client_id) &&
         set(settings, "account_id", options->account_id) &&
         set_from_file(settings, "password", options->password_file) &&
         set_from_file(settings, "access_token", options->token_file) &&
         set_from_file(settings, "client_secret", options->client_secret_file);
}

int settings_read(ets_settings *settings, const struct options *options) {
  ets_error error;
  if (!set_options(settings, options))
    return EXIT_USAGE;
  ets_status status = ets_settings_environment(settings, &error);
  if (status == ETS_OK && options->config)
    status = ets_settings_file(settings, options->config, &error);
  if (status == ETS_OK && options->account_id && !ets_settings_get(settings, "client_id"))
    status = ets_error_set(&error, ETS_E_USAGE,
                           "--account-id says for which business unit a client fetches its token, "
                           "and there is no client: use --mid");
  if (status == ETS_OK)
    return EXIT_DONE;
  complain("%s", error.message);
  return status == ETS_E_NOMEM ? EXIT_FAILED : EXIT_USAGE;
}
