/* The credentials of a session: kept, renewed when they expire, wiped. Knows no session. */
#ifndef ETS_AUTH_H
#define ETS_AUTH_H

#include "auth/credential.h"
#include <etsoap/error.h>
#include <etsoap/oauth.h>

#include <stdint.h>

struct ets_http;
struct ets_oauth;

struct ets_auth {
  enum ets_credential_kind kind;
  char *username;
  char *secret;            /* password or token that was set */
  struct ets_oauth *oauth; /* tokens come from there; NULL: they do not */
};

/* All three replace what was set before, unless they fail. */
ets_status ets_auth_set_user(struct ets_auth *auth, enum ets_credential_kind kind,
                             const char *username, const char *password, ets_error *error);
ets_status ets_auth_set_token(struct ets_auth *auth, const char *token, ets_error *error);
ets_status ets_auth_set_oauth(struct ets_auth *auth, const ets_oauth_options *options,
                              ets_error *error);

/* Wipes and frees. */
void ets_auth_clear(struct ets_auth *auth);

/* What the next request is signed with. Fetches a token when there is none, or when the one there
 * is expires soon.
 * @param http             how to reach the token endpoint
 * @param wants_endpoint   fail when a fetched token comes without one */
ets_status ets_auth_get(struct ets_credential *credential, struct ets_auth *auth,
                        struct ets_http *http, bool wants_endpoint, ets_error *error);

/* Seconds since 1970 when the fetched token expires; 0: there is none. */
int64_t ets_auth_expires(const struct ets_auth *auth);

/* Whether an expired token can be replaced by a new one. */
bool ets_auth_can_renew(const struct ets_auth *auth);

/* Drops the token that the service called expired, in the cache too, and fetches another. */
ets_status ets_auth_renew(struct ets_auth *auth, struct ets_http *http, bool wants_endpoint,
                          ets_error *error);

/* The MID that tokens are fetched for; NULL: none was named. */
const char *ets_auth_account(const struct ets_auth *auth);

/* Milliseconds that the token endpoint wants to be left alone after the request that failed last;
 * -1: it does not say. */
int64_t ets_auth_retry_after(const struct ets_auth *auth);

enum { ETS_AUTH_SECRETS = 4 };

/* What is secret of the credentials, NULL behind the last; borrowed until they change. */
void ets_auth_secrets(const struct ets_auth *auth, const char *secrets[ETS_AUTH_SECRETS + 1]);

/* Puts stars over what a text from outside quotes of them. */
void ets_auth_mask(const struct ets_auth *auth, char *text);

/* The same in an error, whose message may have been cut within one of them. */
void ets_auth_mask_error(const struct ets_auth *auth, ets_error *error);

/* The same on a copy, to be freed; NULL of NULL. False: out of memory. */
bool ets_auth_masked(const struct ets_auth *auth, const char *text, char **copy);

#endif
