/* OAuth 2 client credentials of a session: where its tokens come from. */
#ifndef ETS_OAUTH_PRIVATE_H
#define ETS_OAUTH_PRIVATE_H

#include "call/session_private.h"

#include <etsoap/auth.h>

struct ets_oauth {
  char *url; /* of the token endpoint */
  char *client_id;
  char *client_secret;
  char *account_id;   /* NULL: none */
  char *scope;        /* NULL: none */
  char *cache_folder; /* NULL: no cache */
  bool cache_wanted;  /* the caller named the folder: failing to use it is an error */
  int margin;
  int64_t issued; /* of the session's token, UTC seconds */
  int64_t expires;
  int64_t next_try; /* not before, after a renewal ahead of time failed */
};

ets_status ets_oauth_new(struct ets_oauth **oauth, const ets_oauth_options *options,
                         ets_error *error);

/* Wipes it. NULL is allowed. */
void ets_oauth_free(struct ets_oauth *oauth);

/* Sees to it that the session has a token that does not expire soon. */
ets_status ets_oauth_ensure(ets_session *session);

/* Replaces the session's token, which the service called expired. */
ets_status ets_oauth_renew(ets_session *session);

#endif
