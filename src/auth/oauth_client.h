/* A client of OAuth 2 and the token that it has. */
#ifndef ETS_OAUTH_CLIENT_H
#define ETS_OAUTH_CLIENT_H

#include "auth/token.h"

struct ets_oauth {
  char *url; /* of the token endpoint */
  char *client_id;
  char *client_secret;
  char *account_id;   /* NULL: none */
  char *scope;        /* NULL: none */
  char *cache_folder; /* NULL: no cache */
  bool cache_wanted;  /* the caller named the folder: failing to use it is an error */
  int margin;
  struct ets_token token; /* in use; without text: none yet */
  int64_t retry_after;    /* milliseconds, of the request that failed last; -1: not told */
  int64_t next_try;       /* not before, after a renewal ahead of time failed */
};

#endif
