/** @file
 * Settings of the programs: flags first, then the environment, then a config file.
 *
 * Environment: ETSOAP_ENDPOINT, ETSOAP_USERNAME, ETSOAP_PASSWORD, ETSOAP_ACCESS_TOKEN,
 * ETSOAP_AUTH_URL, ETSOAP_CLIENT_ID, ETSOAP_CLIENT_SECRET, ETSOAP_ACCOUNT_ID, ETSOAP_CA_FILE,
 * ETSOAP_PROXY, ETSOAP_NO_PROXY, ETSOAP_SCOPE, ETSOAP_REDIRECT_URI (a user signs in, see
 * etsoap/login.h), and the numbers of ets_session_options, such as
 * ETSOAP_TOTAL_TIMEOUT and ETSOAP_MAX_ANSWER_BYTES; where bytes are meant, K, M and G may stand
 * behind; and ETSOAP_PROFILE. The config file has one `name = value` a line with the same names in
 * lower case and without the prefix (`endpoint = https://...`); `#` starts a comment line; blanks
 * around name and value are dropped. A file that holds a secret and that others may read is
 * refused.
 *
 * A config file may hold several accounts: `[name]` begins a profile, up to the next one, and what
 * stands before the first is of all. The setting `profile` says which counts; its values come
 * before those of all, and without it profiles are passed over.
 *
 * Credentials are an access token, a client with its secret and the address to fetch tokens from,
 * or a user name with its password. Of several kinds the one that was set nearest is used: flags
 * before the environment before the file, and in this order. */
#ifndef ETSOAP_SETTINGS_H
#define ETSOAP_SETTINGS_H

#include <etsoap/session.h>

ETS_BEGIN_DECLS

/** A set of settings, by name. */
typedef struct ets_settings ets_settings;

/** An empty set. @param[out] settings  free with ets_settings_free(), which wipes it */
ETS_API ets_status ets_settings_new(ets_settings **settings) ETS_WARN_UNUSED;
/** Wipes and frees the settings. NULL is allowed. */
ETS_API void ets_settings_free(ets_settings *settings);

/** Sets one by its lower-case name, "endpoint", unless it is set already: the first wins, so
 * call in order of precedence. @return ETS_OK, ETS_E_USAGE for an unknown name or a value that
 * is none, ETS_E_NOMEM */
ETS_API ets_status ets_settings_set(ets_settings *settings, const char *name, const char *value,
                                    ets_error *error);
/** The same with the first line of a file as the value, for secrets: what others may read is
 * refused, pipes are not. @return as ets_settings_set(), ETS_E_IO when it cannot be read */
ETS_API ets_status ets_settings_set_from_file(ets_settings *settings, const char *name,
                                              const char *path, ets_error *error);
/** Value by lower-case name; NULL when not set. Owned by the settings. */
ETS_API const char *ets_settings_get(const ets_settings *settings, const char *name);
/** Which of them a session gets its credentials from, those that were given nearest:
 * "access_token", "client_id" or "username"; NULL: there are none. */
ETS_API const char *ets_settings_credentials(const ets_settings *settings);
/** Takes what the environment has, for what is not set yet.
 * @return as ets_settings_set(); errors name the variable */
ETS_API ets_status ets_settings_environment(ets_settings *settings, ets_error *error);
/** Takes what a config file has, for what is not set yet. Errors name file and line.
 * @param path  NULL: the default file, `$XDG_CONFIG_HOME/etsoap/config`, or
 *              `~/.config/etsoap/config`. That one may be missing, unless a profile is wanted; it
 *              has to be the user's own and closed to others, whatever is in it.
 * @return ETS_OK; ETS_E_USAGE for a file that is wrong or open to others, or has no such profile;
 *         ETS_E_IO when it cannot be read; ETS_E_NOMEM */
ETS_API ets_status ets_settings_file(ets_settings *settings, const char *path, ets_error *error);
/** Takes the profile alone, as if the program set its values: called before
 * ets_settings_environment(), a profile that was asked for by name beats the environment. Without
 * the setting `profile` it does nothing. Else as ets_settings_file(). */
ETS_API ets_status ets_settings_profile(ets_settings *settings, const char *path, ets_error *error);

/** The names of the profiles of a config file, without waiting for anything: what is no regular
 * file cannot be read. Errors as of ets_settings_file().
 * @param[out] names  one a line, in the order of the file; free with free(); NULL on failure
 * @param path        NULL: the default file; one that is missing has none */
ETS_API ets_status ets_settings_profiles(char **names, const char *path,
                                         ets_error *error) ETS_WARN_UNUSED;

/** Makes a session with these settings and its credentials: of access token, client and user name
 * the kind that was set nearest (by the program, the environment, a file), and in that order.
 * With a client the endpoint may be missing, see ets_auth_oauth(). Does not talk to the network.
 * @param options  endpoint, ca_file, proxy and no_proxy are filled from the settings where NULL,
 *                 numbers that are set there replace those here; NULL: the defaults */
ETS_API ets_status ets_settings_session(ets_session **session, const ets_settings *settings,
                                        const ets_session_options *options, ets_error *error);

/** The short way for small programs: ets_settings_session() with what the environment has and the
 * default options. Does not talk to the network.
 * @param[out] session  free with ets_session_free(); NULL on failure
 * @param[out] error    what is missing or wrong, by the name of its variable; NULL: not wanted
 * @return ETS_OK; ETS_E_USAGE when there is no endpoint, no credentials, or a value that is none;
 *         ETS_E_NOMEM */
ETS_API ets_status ets_session_from_environment(ets_session **session,
                                                ets_error *error) ETS_WARN_UNUSED;

ETS_END_DECLS
#endif
