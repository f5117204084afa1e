/** @file
 * Signing a user in (OAuth 2, authorization code), for packages that are web or public apps: a
 * browser asks the user, comes back to an address of the program's with a code, and that buys the
 * first token. A refresh token comes along when the package has the scope `offline`; it is kept in
 * the token cache, and from then on sessions with the same options fetch their tokens with it,
 * without a user. A refresh token is good once: of processes that need a token at the same time one
 * asks, the others wait and find what it got.
 *
 * A session is made as always, with ets_auth_oauth() and a `redirect_uri` in its options.
 * `ettrack login` signs in for all programs that share the cache. */
#ifndef ETSOAP_LOGIN_H
#define ETSOAP_LOGIN_H

#include <etsoap/auth.h>

ETS_BEGIN_DECLS

/** Begins a sign-in. Does not talk to the network.
 * @param[out] address  what the user's browser opens; holds a random `state`; owned by the session,
 *                      until the next begin
 * @return ETS_OK; ETS_E_USAGE when the session's credentials are none of a user; ETS_E_NOMEM */
ETS_API ets_status ets_login_begin(ets_session *session, const char **address) ETS_WARN_UNUSED;

/** Ends it: checks the state, buys a token with the code, and keeps what came in the token cache.
 * Talks to the network.
 * @param query  of the address that the browser came back to, `code=...&state=...`
 * @return ETS_OK; ETS_E_LOGIN when the user or the service refused; ETS_E_NOT_FOUND when the state
 *         is not that of the last begin, so that the query belongs to another sign-in, or is
 *         forged: this one goes on, and may be finished yet; ETS_E_USAGE without a begin; ETS_E_IO
 *         when the cache cannot be used; and the failures to reach a service */
ETS_API ets_status ets_login_finish(ets_session *session, const char *query) ETS_WARN_UNUSED;

/** Forgets the tokens of a user, in the session and in the cache. Does not talk to the network; the
 * token in use stays good for its minutes.
 * @return ETS_OK, also when nobody was signed in; ETS_E_USAGE, ETS_E_IO */
ETS_API ets_status ets_logout(ets_session *session);

ETS_END_DECLS
#endif
