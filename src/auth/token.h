/* An access token, what is known about it, and how to ask for one. */
#ifndef ETS_TOKEN_H
#define ETS_TOKEN_H

#include <etsoap/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ets_http;
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
  const char *content_type;
  char text[ETS_TOKEN_ANSWER_MAX + 1];
};

/* Wipes and frees the texts. */
void ets_token_clear(struct ets_token *token);

/* A token is used until `margin` seconds before it expires, or for half of its life when that is
 * longer. */
bool ets_token_is_fresh(const struct ets_token *token, int margin, int64_t now);

/* Asks the token endpoint.
 * @param[out] token        free with ets_token_clear()
 * @param[out] retry_after  milliseconds that it wants to be left alone; -1: it does not say */
ets_status ets_token_request(struct ets_token *token, const struct ets_oauth *oauth,
                             struct ets_http *http, int64_t *retry_after, ets_error *error);

/* Makes a token of an answer's text, which is overwritten.
 * @param secret  the client's, masked in errors
 * @param url     of the token endpoint, for errors */
ets_status ets_token_read(struct ets_token *token, struct ets_token_answer *answer,
                          const char *secret, const char *url, ets_error *error);

#endif
