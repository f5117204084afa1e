/** @file
 * Credentials of a session. They are copied, put on every request, wiped when replaced or when
 * the session is freed, and never logged. Each replaces the kind that was set before;
 * ets_auth_timestamp() adds to it. None of these functions talks to the network.
 * docs/authentication.md says which kind to use. */
#ifndef ETSOAP_AUTH_H
#define ETSOAP_AUTH_H

#include <etsoap/oauth.h>
#include <etsoap/session.h>
#include <etsoap/time.h>

ETS_BEGIN_DECLS

/** WS-Security UsernameToken with the password as text (PasswordText).
 * @return ETS_OK, ETS_E_USAGE when one is NULL or empty, or holds what XML cannot carry (control
 * characters, what is not UTF-8), ETS_E_NOMEM */
ETS_API ets_status ets_auth_username(ets_session *session, const char *username,
                                     const char *password) ETS_WARN_UNUSED;

/** The same with a digest in place of the password (PasswordDigest): Base64 of the SHA-1 of a
 * nonce, the time of the request in UTC, and the password. The nonce is new for each request;
 * the service compares the time with its own clock.
 * @return ETS_OK, ETS_E_USAGE when one is NULL or empty, ETS_E_NOMEM */
ETS_API ets_status ets_auth_username_digest(ets_session *session, const char *username,
                                            const char *password) ETS_WARN_UNUSED;

/** A `wsu:Timestamp` on every request, whatever the credentials: Created now, Expires `lifetime`
 * seconds later. 0, the default: none. Stays when credentials are replaced.
 * @return ETS_OK, ETS_E_USAGE for a negative lifetime */
ETS_API ets_status ets_auth_timestamp(ets_session *session, int lifetime) ETS_WARN_UNUSED;

/** An OAuth 2 access token, sent as `fueloauth` in the SOAP header. A token is valid in the
 * account it was made for only, for some 20 minutes; when it has expired, calls return
 * ETS_E_EXPIRED.
 * @return ETS_OK, ETS_E_USAGE when it is NULL or empty, ETS_E_NOMEM */
ETS_API ets_status ets_auth_token(ets_session *session, const char *token) ETS_WARN_UNUSED;

/** Access tokens fetched when they are needed: by the first call on the session, by a call shortly
 * before the token expires, and once, with the call sent again, when the service says that it has
 * expired. A session without endpoint takes the one that comes with the token
 * (`soap_instance_url`).
 *
 * The cache is a file of mode 0600 in a folder of mode 0700; of processes that need a token at the
 * same time, one asks and the others wait. A file or folder that others own or may read is refused
 * by the calls with ETS_E_IO; a file that holds no token is replaced. A default folder that cannot
 * be made is done without, one that was asked for is an error.
 *
 * Calls on the session may then also fail with ETS_E_LOGIN (the authentication service refuses
 * the client), ETS_E_REFUSED (it refuses account or scope), and in all ways in which a call can
 * fail to reach a service.
 * @return ETS_OK, ETS_E_USAGE with what is missing or wrong, ETS_E_NOMEM */
ETS_API ets_status ets_auth_oauth(ets_session *session,
                                  const ets_oauth_options *options) ETS_WARN_UNUSED;

/** When the token in use expires, of those that a session fetches (ets_auth_oauth()).
 * @param[out] until  in UTC; untouched when there is none
 * @return false: the session fetches none, or has not fetched one yet */
ETS_API bool ets_auth_token_until(const ets_session *session, ets_time *until);

ETS_END_DECLS
#endif
