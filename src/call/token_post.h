/* Carries a token request, in the way in which the session reaches its own endpoint. */
#ifndef ETS_TOKEN_POST_H
#define ETS_TOKEN_POST_H

#include "auth/token.h"

/* The `post` of a struct ets_token_service whose context is the session. */
ets_status ets_token_post(void *context, const char *url, const char *body,
                          struct ets_token_answer *answer, ets_error *error);

#endif
