/* OAuth 2 client credentials: where tokens come from, and the one in use. */
#ifndef ETS_OAUTH_H
#define ETS_OAUTH_H

#include "auth/token_request.h"

#include <etsoap/error.h>
#include <etsoap/oauth.h>

struct ets_oauth {
  struct ets_token_client client;
  char *cache_folder; /* NULL: no cache */
  bool cache_wanted;  /* the caller named the folder: failing to use it is an error */
  int margin;
  struct ets_token token; /* in use; without text: none yet */
  int64_t retry_after;    /* milliseconds, of the request that failed last; -1: not told */
  int64_t next_try;       /* not before, after a renewal ahead of time failed */
};

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
