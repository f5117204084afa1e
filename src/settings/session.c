#include "settings/settings_private.h"

#include "call/options.h"

#include <etsoap/auth.h>

/* Which credentials to use when there are several kinds: those that were given nearest, so that a
 * user name on the command line beats a token in the environment. */
static int choose_credentials(const ets_settings *settings) {
  static const int kinds[] = {ETS_SETTING_access_token, ETS_SETTING_client_id,
                              ETS_SETTING_username};
  int chosen = -1;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (settings->values[kinds[i]] &&
        (chosen < 0 || settings->sources[kinds[i]] < settings->sources[chosen]))
      chosen = kinds[i];
  return chosen;
}

const char *ets_settings_credentials(const ets_settings *settings) {
  int chosen = choose_credentials(settings);
  return chosen < 0 ? NULL : ets_setting_rows[chosen].name;
}

/* What is missing may be in a profile that nobody chose. */
static bool is_in_profiles(const ets_settings *settings, const char *what, ets_error *error) {
  if (settings->values[ETS_SETTING_profile] || !*settings->profiles)
    return false;
  ets_error_set(error, ETS_E_USAGE,
                "no %s: the config file has the profiles %s; choose one with --profile or "
                "ETSOAP_PROFILE",
                what, settings->profiles);
  return true;
}

/* What the chosen credentials need besides. */
static ets_status check_credentials(const ets_settings *settings, int credentials,
                                    ets_error *error) {
  char *const *values = settings->values;
  if (credentials < 0 && is_in_profiles(settings, "credentials", error))
    return ETS_E_USAGE;
  if (credentials < 0)
    return ets_error_set(error, ETS_E_USAGE,
                         "no credentials: set ETSOAP_CLIENT_ID and ETSOAP_CLIENT_SECRET, "
                         "ETSOAP_USERNAME and ETSOAP_PASSWORD, or ETSOAP_ACCESS_TOKEN, or the same "
                         "in a config file");
  if (credentials == ETS_SETTING_username && !values[ETS_SETTING_password])
    return ets_error_set(error, ETS_E_USAGE,
                         "no password for user %.80s: set ETSOAP_PASSWORD, or password in a config "
                         "file",
                         values[ETS_SETTING_username]);
  if (credentials == ETS_SETTING_client_id && !values[ETS_SETTING_client_secret] &&
      !values[ETS_SETTING_redirect_uri])
    return ets_error_set(
        error, ETS_E_USAGE,
        "no secret for client %.80s: set ETSOAP_CLIENT_SECRET, or client_secret in "
        "a config file",
        values[ETS_SETTING_client_id]);
  if (credentials == ETS_SETTING_client_id && !values[ETS_SETTING_auth_url])
    return ets_error_set(error, ETS_E_USAGE,
                         "no address to fetch a token from: set ETSOAP_AUTH_URL, or auth_url in a "
                         "config file, to https://SUBDOMAIN.auth.marketingcloudapis.com/");
  if (credentials != ETS_SETTING_client_id &&
      settings->sources[ETS_SETTING_account_id] == ETS_FROM_CALLER)
    return ets_error_set(error, ETS_E_USAGE,
                         "account_id says for which business unit a token is fetched, and there is "
                         "no client_id to fetch one with: name the business unit in the request");
  return ETS_OK;
}

/* The endpoint may come with the token. */
static ets_status check_endpoint(const ets_settings *settings, const char *endpoint,
                                 int credentials, ets_error *error) {
  if (endpoint || credentials == ETS_SETTING_client_id)
    return ETS_OK;
  if (is_in_profiles(settings, "endpoint", error))
    return ETS_E_USAGE;
  return ets_error_set(error, ETS_E_USAGE,
                       "no endpoint: set ETSOAP_ENDPOINT, or endpoint in a config file, to the "
                       "account's own, https://SUBDOMAIN.soap.marketingcloudapis.com/Service.asmx");
}

static ets_status set_credentials(ets_session *session, const ets_settings *settings,
                                  int credentials) {
  char *const *values = settings->values;
  if (credentials == ETS_SETTING_access_token)
    return ets_auth_token(session, values[ETS_SETTING_access_token]);
  if (credentials == ETS_SETTING_username)
    return ets_auth_username(session, values[ETS_SETTING_username], values[ETS_SETTING_password]);
  ets_oauth_options options = ETS_OAUTH_OPTIONS_INIT;
  options.auth_url = values[ETS_SETTING_auth_url];
  options.client_id = values[ETS_SETTING_client_id];
  options.client_secret = values[ETS_SETTING_client_secret];
  options.account_id = values[ETS_SETTING_account_id];
  options.redirect_uri = values[ETS_SETTING_redirect_uri];
  options.scope = values[ETS_SETTING_scope];
  return ets_auth_oauth(session, &options);
}

static void fill(ets_session_options *options, const ets_settings *settings) {
  char *const *values = settings->values;
  int64_t number;
  if (!options->endpoint)
    options->endpoint = values[ETS_SETTING_endpoint];
  if (!options->ca_file)
    options->ca_file = values[ETS_SETTING_ca_file];
  if (!options->proxy)
    options->proxy = values[ETS_SETTING_proxy];
  if (!options->no_proxy)
    options->no_proxy = values[ETS_SETTING_no_proxy];
  for (int id = ETS_SETTING_FIRST_NUMBER; id < ETS_SETTING_COUNT; id++)
    if (values[id] && ets_setting_number(&number, id, values[id]))
      ets_session_options_set(options, (enum ets_session_number_id)(id - ETS_SETTING_FIRST_NUMBER),
                              number);
}

ets_status ets_settings_session(ets_session **session, const ets_settings *settings,
                                const ets_session_options *options, ets_error *error) {
  ets_session_options filled;
  *session = NULL;
  ets_status status = ets_session_options_read(&filled, options, error);
  if (status != ETS_OK)
    return status;
  fill(&filled, settings);
  int credentials = choose_credentials(settings);
  status = check_endpoint(settings, filled.endpoint, credentials, error);
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
