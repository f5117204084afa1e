/* Signing a user in: the page that a browser is sent to, and what it brings back from there. */
#ifndef ETSIM_SERVICE_AUTHORIZE_H
#define ETSIM_SERVICE_AUTHORIZE_H

#include "service/auth.h"

enum { LOCATION_SIZE = 1024 };

/* Answers GET /v2/authorize. The user always agrees, so the browser goes back with a code at once.
 * @param[out] location  where to, for 302
 * @param out            what is wrong, for 400
 * @return the HTTP status */
int authorize(struct auth *auth, const char *query, char location[LOCATION_SIZE],
              struct buffer *out);

/* A code of a sign-in, or a refresh token: good once.
 * @param redirect  of a code; NULL: a refresh token
 * @return false: the address is too long */
bool pass_new(struct auth *auth, unsigned client, const char *redirect, char text[AUTH_TOKEN_SIZE]);

/* Takes it. False when there is none such of that client, or it was taken before. */
bool pass_take(struct auth *auth, unsigned client, const char *redirect, const char *text);

#endif
