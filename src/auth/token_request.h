/* Asking a token endpoint, as an OAuth 2 client with credentials of its own. */
#ifndef ETS_TOKEN_REQUEST_H
#define ETS_TOKEN_REQUEST_H

#include "auth/token.h"

#include <etsoap/error.h>

struct ets_http;

struct ets_token_client {
  char *url; /* of the token endpoint */
  char *id;
  char *secret;       /* NULL: a public app has none */
  char *account_id;   /* NULL: none */
  char *scope;        /* NULL: none */
  char *redirect_uri; /* NULL: no user signs in */
};

/* What a token is bought with, besides. */
struct ets_token_price {
  const char *code;    /* of a sign-in; NULL: none */
  const char *refresh; /* a refresh token; NULL: none, nor a code: the client alone */
};

/* Talks to the network.
 * @param[out] token        free with ets_token_clear()
 * @param[out] retry_after  milliseconds that the endpoint wants to be left alone; -1: it does not
 *                          say */
ets_status ets_token_request(struct ets_token *token, const struct ets_token_client *client,
                             const struct ets_token_price *price, struct ets_http *http,
                             int64_t *retry_after, ets_error *error);

#endif
