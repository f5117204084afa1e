/* The way of a user through a browser: the address that it opens, and what it comes back with. */
#ifndef ETS_SIGN_IN_H
#define ETS_SIGN_IN_H

#include <etsoap/error.h>

#include <stdbool.h>

enum { ETS_STATE_SIZE = 65 };

/* A new random state. False when there is no randomness. */
bool ets_sign_in_state(char state[ETS_STATE_SIZE]);

/* The address to open; free it. NULL when out of memory.
 * @param token_url  .../v2/token, beside which the page is
 * @param scope      NULL: all that the package has */
char *ets_sign_in_address(const char *token_url, const char *client_id, const char *redirect_uri,
                          const char *scope, const char *state);

/* The code out of the query that the browser came back with.
 * @param state      that it has to name
 * @param[out] code  free with ets_wipe()
 * @return ETS_E_LOGIN with why there is none; ETS_E_NOT_FOUND for a state of another sign-in */
ets_status ets_sign_in_code(char **code, const char *query, const char *state, ets_error *error);

#endif
