/* An access token, what is known about it, and how to ask for one. */
#ifndef ETS_TOKEN_H
#define ETS_TOKEN_H

#include <etsoap/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ets_oauth;

struct ets_token {
  char *text;     /* NULL: none */
  char *endpoint; /* of the SOAP API that it is for; NULL: not told */
  int64_t issued; /* UTC seconds */
  int64_t expires;
};

enum { ETS_TOKEN_ANSWER_MAX = 64 * 1024 };

/* What a token endpoint answered. */
struct ets_token_answer {
  int http_status;
  char content_type[64];
  size_t size;
  char text[ETS_TOKEN_ANSWER_MAX + 1];
};

/* Carries a request to a token endpoint: POSTs `body` as JSON. */
struct ets_token_service {
  void *context;
  ets_status (*post)(void *context, const char *url, const char *body,
                     struct ets_token_answer *answer, ets_error *error);
};

/* Wipes and frees the texts. */
void ets_token_clear(struct ets_token *token);

/* A token is used until `margin` seconds before it expires, or for half of its life when that is
 * longer. */
bool ets_token_is_fresh(const struct ets_token *token, int margin, int64_t now);

/* Asks the token endpoint.
 * @param[out] token  free with ets_token_clear() */
ets_status ets_token_request(struct ets_token *token, const struct ets_oauth *oauth,
                             const struct ets_token_service *service, ets_error *error);

/* Makes a token of an answer's text, which is overwritten.
 * @param secret  the client's, masked in errors
 * @param url     of the token endpoint, for errors */
ets_status ets_token_read(struct ets_token *token, struct ets_token_answer *answer,
                          const char *secret, const char *url, ets_error *error);

#endif
