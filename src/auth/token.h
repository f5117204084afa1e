/* An access token, what is known about it, and how to ask for one. */
#ifndef ETS_TOKEN_H
#define ETS_TOKEN_H

#include "auth/oauth_private.h"

struct ets_token {
  char *text;     /* NULL: none */
  char *endpoint; /* of the SOAP API that it is for; NULL: not told */
  int64_t issued; /* UTC seconds */
  int64_t expires;
};

/* Wipes and frees the texts. */
void ets_token_clear(struct ets_token *token);

/* A token is used until `margin` seconds before it expires, or for half of its life when that is
 * longer. */
bool ets_token_is_fresh(int64_t issued, int64_t expires, int margin, int64_t now);

/* Asks the token endpoint, as the session would: TLS, proxy, timeouts.
 * @param[out] token  free with ets_token_clear() */
ets_status ets_token_request(struct ets_token *token, ets_session *session, ets_error *error);

#endif
