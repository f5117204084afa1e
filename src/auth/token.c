#include "auth/token.h"

#include "base/secret.h"

#include <stdlib.h>

void ets_token_clear(struct ets_token *token) {
  ets_wipe(token->text);
  ets_wipe(token->refresh);
  free(token->endpoint);
  *token = (struct ets_token){0};
}

bool ets_token_is_fresh(const struct ets_token *token, int margin, int64_t now) {
  int64_t half = (token->expires - token->issued) / 2;
  return now < token->expires - (margin < half ? margin : half);
}
