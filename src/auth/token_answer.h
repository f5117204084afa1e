/* What a token endpoint answers, read. */
#ifndef ETS_TOKEN_ANSWER_H
#define ETS_TOKEN_ANSWER_H

#include "auth/token.h"

#include <etsoap/error.h>

#include <stdbool.h>
#include <stddef.h>

enum { ETS_TOKEN_ANSWER_MAX = 64 * 1024 };

struct ets_token_answer {
  int http_status;
  const char *content_type;
  bool of_user; /* asked for with what a user's sign-in brought */
  size_t size;
  char text[ETS_TOKEN_ANSWER_MAX + 1]; /* with a NUL behind */
};

/* Makes a token of an answer, whose text is overwritten.
 * @param[out] token  free with ets_token_clear()
 * @param secret      the client's, masked in errors
 * @param url         of the token endpoint, for errors */
ets_status ets_token_answer_read(struct ets_token *token, struct ets_token_answer *answer,
                                 const char *secret, const char *url, ets_error *error);

#endif
