/* OAuth 2: where tokens come from, of a client by itself or of a user, and the one in use. */
#ifndef ETS_OAUTH_H
#define ETS_OAUTH_H

#include "auth/sign_in.h"
#include "auth/token_request.h"

#include <etsoap/error.h>
#include <etsoap/oauth.h>

struct ets_oauth {
  struct ets_token_client client;
  char *cache_folder; /* NULL: no cache */
  bool cache_wanted;  /* the caller named the folder: failing to use it is an error */
  int margin;
  struct ets_token token;     /* in use; without text: none yet */
  int64_t retry_after;        /* milliseconds, of the request that failed last; -1: not told */
  char state[ETS_STATE_SIZE]; /* of the sign-in that was begun; empty: none */
  char *address;              /* that the browser opens for it */
  int64_t next_try;           /* not before, after a renewal ahead of time failed */
};

ets_status ets_oauth_new(struct ets_oauth **oauth, const ets_oauth_options *options,
                         ets_error *error);

/* Wipes it. NULL is allowed. */
void ets_oauth_free(struct ets_oauth *oauth);

/* Sees to it that there is a token that does not expire soon.
 * @param wants_endpoint  one without an endpoint is no use */
ets_status ets_oauth_ensure(struct ets_oauth *oauth, struct ets_http *http, bool wants_endpoint,
                            ets_error *error);

/* The way of a user, see etsoap/login.h. */
ets_status ets_oauth_begin(struct ets_oauth *oauth, const char **address, ets_error *error);
ets_status ets_oauth_finish(struct ets_oauth *oauth, struct ets_http *http, const char *query,
                            ets_error *error);
ets_status ets_oauth_forget(struct ets_oauth *oauth, ets_error *error);

/* Replaces the token, which the service called expired. */
ets_status ets_oauth_renew(struct ets_oauth *oauth, struct ets_http *http, bool wants_endpoint,
                           ets_error *error);

#endif
