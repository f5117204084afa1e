/* The credentials of a session: kept, renewed when they expire, wiped. Knows no session. */
#ifndef ETS_AUTH_H
#define ETS_AUTH_H

#include "auth/credential.h"
#include "auth/token.h"

#include <etsoap/auth.h>

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
 * @param service          how to reach the token endpoint
 * @param wants_endpoint   fail when a fetched token comes without one */
ets_status ets_auth_get(struct ets_credential *credential, struct ets_auth *auth,
                        const struct ets_token_service *service, bool wants_endpoint,
                        ets_error *error);

/* Whether an expired token can be replaced by a new one. */
bool ets_auth_can_renew(const struct ets_auth *auth);

/* Drops the token that the service called expired, in the cache too, and fetches another. */
ets_status ets_auth_renew(struct ets_auth *auth, const struct ets_token_service *service,
                          bool wants_endpoint, ets_error *error);

/* Overwrites what a text from outside quotes of the credentials. */
void ets_auth_mask(const struct ets_auth *auth, char *text);

#endif
