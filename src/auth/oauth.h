/* OAuth 2 client credentials: where tokens come from, and the one in use. */
#ifndef ETS_OAUTH_H
#define ETS_OAUTH_H

#include "auth/oauth_client.h"

#include <etsoap/oauth.h>

ets_status ets_oauth_new(struct ets_oauth **oauth, const ets_oauth_options *options,
                         ets_error *error);

/* Wipes it. NULL is allowed. */
void ets_oauth_free(struct ets_oauth *oauth);

/* Sees to it that there is a token that does not expire soon.
 * @param wants_endpoint  one without an endpoint is no use */
ets_status ets_oauth_ensure(struct ets_oauth *oauth, struct ets_http *http, bool wants_endpoint,
                            ets_error *error);

/* Replaces the token, which the service called expired. */
ets_status ets_oauth_renew(struct ets_oauth *oauth, struct ets_http *http, bool wants_endpoint,
                           ets_error *error);

#endif
