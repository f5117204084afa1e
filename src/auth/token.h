/* An access token and what is known about it. */
#ifndef ETS_TOKEN_H
#define ETS_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

struct ets_token {
  char *text;     /* NULL: none */
  char *refresh;  /* what buys the next one, once; NULL: nothing does */
  char *endpoint; /* of the SOAP API that it is for; NULL: not told */
  int64_t issued; /* UTC seconds */
  int64_t expires;
};

/* Wipes and frees the texts. */
void ets_token_clear(struct ets_token *token);

/* A token is used until `margin` seconds before it expires, or for half of its life when that is
 * longer. */
bool ets_token_is_fresh(const struct ets_token *token, int margin, int64_t now);

#endif
