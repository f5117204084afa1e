#include "auth/oauth.h"

#include "auth/token_cache.h"
#include "base/mask.h"
#include "base/secret.h"
#include "http/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* When a renewal ahead of time fails, the token that is there is used on. In seconds: */
enum {
  PAUSE_AFTER_FAILURE = 10, /* until the next try */
  LAST_MOMENT = 2           /* before the token expires it is used no more */
};

/* --- options --------------------------------------------------------------------------------- */

static bool is_empty(const char *text) {
  return !text || !*text;
}

static bool is_plain(const char *text, char lowest) {
  for (; *text; text++)
    if (*text < lowest || *text > '~')
      return false;
  return true;
}

static ets_status check_options(const ets_oauth_options *options, ets_error *error) {
  if (!options || options->version != ETS_OAUTH_OPTIONS_VERSION)
    return ets_error_set(error, ETS_E_USAGE, "OAuth options: start from ETS_OAUTH_OPTIONS_INIT");
  bool public_app = !is_empty(options->redirect_uri) && is_empty(options->client_secret);
  if (is_empty(options->auth_url) || is_empty(options->client_id) ||
      (is_empty(options->client_secret) && !public_app))
    return ets_error_set(error, ETS_E_USAGE,
                         "%s is missing: OAuth needs auth_url, client_id and client_secret",
                         is_empty(options->auth_url)    ? "auth_url"
                         : is_empty(options->client_id) ? "client_id"
                                                        : "client_secret");
  if (!is_plain(options->client_id, '!') || (!public_app && !is_plain(options->client_secret, '!')))
    return ets_error_set(error, ETS_E_USAGE, "%s holds a blank, a line break or what is not ASCII",
                         is_plain(options->client_id, '!') ? "client_secret" : "client_id");
  const char *account = options->account_id ? options->account_id : "";
  if (account[strspn(account, "0123456789")])
    return ets_error_set(error, ETS_E_USAGE, "account_id %.40s is no MID: expected digits",
                         account);
  if (options->scope && !is_plain(options->scope, ' '))
    return ets_error_set(error, ETS_E_USAGE, "scope %.80s: expected names with a blank between two",
                         options->scope);
  if (options->margin < 0)
    return ets_error_set(error, ETS_E_USAGE, "margin %d: expected seconds, 0 or more",
                         options->margin);
  if (!is_empty(options->redirect_uri) && !options->cache)
    return ets_error_set(error, ETS_E_USAGE,
                         "redirect_uri: what a sign-in brings is kept in the token cache, which is "
                         "switched off");
  ets_status status = ets_http_check_url("auth_url", options->auth_url, error);
  if (status == ETS_OK && !is_empty(options->redirect_uri))
    status = ets_http_check_url("redirect_uri", options->redirect_uri, error);
  return status;
}

/* Two texts as one; NULL when out of memory. */
static char *join(const char *head, size_t head_size, const char *tail) {
  size_t size = head_size + strlen(tail) + 1;
  char *text = malloc(size);
  if (text)
    snprintf(text, size, "%.*s%s", (int)head_size, head, tail);
  return text;
}

/* The address of the token endpoint from its own, or from the base that the service shows. */
static char *token_url(const char *auth_url) {
  static const char path[] = "/v2/token";
  size_t size = strlen(auth_url);
  while (size > 0 && auth_url[size - 1] == '/')
    size--;
  size_t path_size = sizeof path - 1;
  if (size > path_size && strncasecmp(auth_url + size - path_size, path, path_size) == 0)
    return join(auth_url, size, "");
  return join(auth_url, size, path);
}

/* NULL: the environment names no folder, or there is no memory. */
static char *default_folder(void) {
  const char *cache = getenv("XDG_CACHE_HOME");
  if (cache && *cache == '/')
    return join(cache, strlen(cache), "/etsoap");
  const char *home = getenv("HOME");
  return home && *home == '/' ? join(home, strlen(home), "/.cache/etsoap") : NULL;
}

static char *copy(const char *text, bool *complete) {
  char *made = is_empty(text) ? NULL : strdup(text);
  if (!is_empty(text) && !made)
    *complete = false;
  return made;
}

ets_status ets_oauth_new(struct ets_oauth **oauth, const ets_oauth_options *options,
                         ets_error *error) {
  bool complete = true;
  *oauth = NULL;
  ets_status status = check_options(options, error);
  if (status != ETS_OK)
    return status;
  struct ets_oauth *made = calloc(1, sizeof *made);
  if (!made)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  made->client.url = token_url(options->auth_url);
  made->client.id = copy(options->client_id, &complete);
  made->client.secret = copy(options->client_secret, &complete);
  made->client.account_id = copy(options->account_id, &complete);
  made->client.scope = copy(options->scope, &complete);
  made->client.redirect_uri = copy(options->redirect_uri, &complete);
  made->margin = options->margin;
  made->retry_after = -1;
  made->cache_wanted = options->cache && !is_empty(options->cache_folder);
  if (made->cache_wanted)
    made->cache_folder = copy(options->cache_folder, &complete);
  else if (options->cache)
    made->cache_folder = default_folder();
  if (!complete || !made->client.url) {
    ets_oauth_free(made);
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  *oauth = made;
  return ETS_OK;
}

void ets_oauth_free(struct ets_oauth *oauth) {
  if (!oauth)
    return;
  ets_wipe(oauth->client.secret);
  ets_token_clear(&oauth->token);
  free(oauth->client.url);
  free(oauth->client.id);
  free(oauth->client.account_id);
  free(oauth->client.scope);
  free(oauth->client.redirect_uri);
  free(oauth->address);
  free(oauth->cache_folder);
  free(oauth);
}

/* --- tokens ---------------------------------------------------------------------------------- */

/* What a token is wanted for. */
struct want {
  struct ets_oauth *oauth;
  struct ets_http *http;
  const char *expired; /* the token that will not do; NULL: none */
  bool endpoint;       /* one without an endpoint will not do */
};

static ets_status ask(struct ets_token *token, const struct want *want,
                      const struct ets_token_price *price, ets_error *error) {
  ets_status status = ets_token_request(token, &want->oauth->client, price, want->http,
                                        &want->oauth->retry_after, error);
  if (status == ETS_OK && want->endpoint && !token->endpoint)
    return ets_error_set(error, ETS_E_USAGE,
                         "no endpoint: %s names none (soap_instance_url), so the session needs "
                         "the account's own",
                         want->oauth->client.url);
  return status;
}

/* Whether what the cache holds will do. */
static bool is_usable(const struct ets_token *token, const struct want *want) {
  if (!token->text || (want->expired && strcmp(token->text, want->expired) == 0))
    return false;
  return (token->endpoint || !want->endpoint) &&
         ets_token_is_fresh(token, want->oauth->margin, time(NULL));
}

static const struct ets_token_price by_itself = {NULL, NULL};

static ets_status nobody(ets_error *error) {
  return ets_error_set(error, ETS_E_LOGIN, "nobody is signed in: sign in (ettrack login)");
}

/* Keeps what a user's sign-in brought: it cannot be had again without the user. */
static ets_status keep(struct ets_token_cache *cache, const struct ets_token *token,
                       ets_error *error) {
  if (ets_token_cache_write(cache, token))
    return ETS_OK;
  return ets_error_set(error, ETS_E_IO, "cannot write the token cache %.300s", cache->folder_name);
}

/* The next token of a user, with the lock: the refresh token that the cache holds is good once. */
static ets_status refresh(struct ets_token *token, const struct want *want,
                          struct ets_token_cache *cache, bool locked, ets_error *error) {
  char *old = token->refresh;
  token->refresh = NULL;
  ets_token_clear(token);
  if (!old)
    return nobody(error);
  if (!locked) {
    ets_wipe(old);
    return ets_error_set(error, ETS_E_IO, "the token cache %.300s is in use: try again",
                         cache->folder_name);
  }
  const struct ets_token_price price = {NULL, old};
  ets_status status = ask(token, want, &price, error);
  if (status == ETS_OK && !token->refresh) { /* good for more than once, then */
    token->refresh = old;
    old = NULL;
  }
  if (status == ETS_OK)
    status = keep(cache, token, error);
  else if (error && old)
    ets_mask(error->message, old);
  ets_wipe(old);
  return status;
}

/* With the cache open: what it holds, or what the service gives, which it holds from then on.
 * Whoever has the lock asks; the others wait and find what he got. */
static ets_status get_by_cache(struct ets_token *token, const struct want *want,
                               struct ets_token_cache *cache, ets_error *error) {
  ets_status status = ets_token_cache_read(token, cache, error);
  if (status != ETS_OK || is_usable(token, want))
    return status;
  bool locked = ets_token_cache_lock(cache, ets_http_is_aborted, want->http);
  ets_token_clear(token);
  status = ets_token_cache_read(token, cache, error);
  if (status != ETS_OK || is_usable(token, want))
    return status;
  if (want->oauth->client.redirect_uri)
    return refresh(token, want, cache, locked, error);
  if (locked && want->expired && token->text && strcmp(token->text, want->expired) == 0)
    ets_token_cache_drop(cache);
  ets_token_clear(token);
  status = ask(token, want, &by_itself, error);
  if (status == ETS_OK && locked)
    ets_token_cache_write(cache, token);
  return status;
}

/* @param absent  there is no such folder, which does not matter unless it was asked for */
static ets_status open_cache(struct ets_token_cache *cache, bool *absent,
                             const struct ets_oauth *oauth, ets_error *error) {
  const char *key[] = {oauth->client.url, oauth->client.id, oauth->client.account_id,
                       oauth->client.scope, oauth->client.redirect_uri};
  size_t parts = sizeof key / sizeof *key - (oauth->client.redirect_uri ? 0 : 1);
  *absent = false;
  return ets_token_cache_open(cache, absent, oauth->cache_folder, key, parts, error);
}

static ets_status get(struct ets_token *token, const struct want *want, ets_error *error) {
  const struct ets_oauth *oauth = want->oauth;
  bool user = oauth->client.redirect_uri != NULL;
  if (!oauth->cache_folder)
    return user ? nobody(error) : ask(token, want, &by_itself, error);
  struct ets_token_cache cache;
  bool absent;
  ets_status status = open_cache(&cache, &absent, oauth, error);
  if (absent && !oauth->cache_wanted && !user)
    return ask(token, want, &by_itself, error);
  if (status == ETS_OK)
    status = get_by_cache(token, want, &cache, error);
  ets_token_cache_close(&cache);
  return status;
}

static ets_status acquire(const struct want *want, ets_error *error) {
  struct ets_token token = {0};
  ets_status status = get(&token, want, error);
  if (status != ETS_OK) {
    ets_token_clear(&token);
    return status;
  }
  ets_token_clear(&want->oauth->token);
  want->oauth->token = token;
  want->oauth->next_try = 0;
  return ETS_OK;
}

ets_status ets_oauth_ensure(struct ets_oauth *oauth, struct ets_http *http, bool wants_endpoint,
                            ets_error *error) {
  const struct ets_token *token = &oauth->token;
  int64_t now = time(NULL);
  if (token->text && (now < oauth->next_try || ets_token_is_fresh(token, oauth->margin, now)))
    return ETS_OK;
  struct want want = {oauth, http, NULL, wants_endpoint};
  ets_status status = acquire(&want, error);
  now = time(NULL);
  int64_t last = token->expires - LAST_MOMENT;
  if (status == ETS_OK || status == ETS_E_LOGIN || !token->text || now >= last)
    return status;
  /* Ahead of time: the token there still does. */
  oauth->next_try = now + PAUSE_AFTER_FAILURE < last ? now + PAUSE_AFTER_FAILURE : last;
  return ETS_OK;
}

ets_status ets_oauth_renew(struct ets_oauth *oauth, struct ets_http *http, bool wants_endpoint,
                           ets_error *error) {
  char *expired = oauth->token.text;
  oauth->token.text = NULL;
  struct want want = {oauth, http, expired, wants_endpoint};
  ets_status status = acquire(&want, error);
  ets_wipe(expired);
  return status;
}

/* --- a user ---------------------------------------------------------------------------------- */

ets_status ets_oauth_begin(struct ets_oauth *oauth, const char **address, ets_error *error) {
  *address = NULL;
  if (!oauth->client.redirect_uri)
    return ets_error_set(error, ETS_E_USAGE,
                         "redirect_uri is missing: the registered address that the browser comes "
                         "back to");
  if (!ets_sign_in_state(oauth->state))
    return ets_error_set(error, ETS_E_NOMEM, "no random numbers for the sign-in");
  free(oauth->address);
  oauth->address =
      ets_sign_in_address(oauth->client.url, oauth->client.id, oauth->client.redirect_uri,
                          oauth->client.scope, oauth->state);
  *address = oauth->address;
  return oauth->address ? ETS_OK : ets_error_set(error, ETS_E_NOMEM, "out of memory");
}

/* With the code: the first token, into session and cache. */
static ets_status buy(struct ets_oauth *oauth, struct ets_http *http, const char *code,
                      ets_error *error) {
  const struct want want = {oauth, http, NULL, false};
  const struct ets_token_price price = {code, NULL};
  struct ets_token token = {0};
  struct ets_token_cache cache;
  bool absent;
  if (!oauth->cache_folder)
    return ets_error_set(error, ETS_E_IO, "there is no folder for the token cache");
  ets_status status = open_cache(&cache, &absent, oauth, error);
  if (status == ETS_OK && !ets_token_cache_lock(&cache, ets_http_is_aborted, http))
    status = ets_error_set(error, ETS_E_IO, "the token cache %.300s is in use: try again",
                           oauth->cache_folder);
  if (status == ETS_OK) {
    status = ask(&token, &want, &price, error);
    if (status != ETS_OK && error)
      ets_mask(error->message, code);
  }
  if (status == ETS_OK)
    status = keep(&cache, &token, error);
  ets_token_cache_close(&cache);
  if (status != ETS_OK) {
    ets_token_clear(&token);
    return status;
  }
  ets_token_clear(&oauth->token);
  oauth->token = token;
  return ETS_OK;
}

ets_status ets_oauth_finish(struct ets_oauth *oauth, struct ets_http *http, const char *query,
                            ets_error *error) {
  char *code;
  if (!*oauth->state)
    return ets_error_set(error, ETS_E_USAGE, "no sign-in was begun");
  ets_status status = ets_sign_in_code(&code, query, oauth->state, error);
  if (status == ETS_OK)
    status = buy(oauth, http, code, error);
  ets_wipe(code);
  if (status == ETS_OK)
    *oauth->state = '\0'; /* it is good once */
  return status;
}

ets_status ets_oauth_forget(struct ets_oauth *oauth, ets_error *error) {
  struct ets_token_cache cache;
  bool absent;
  ets_token_clear(&oauth->token);
  if (!oauth->cache_folder)
    return ETS_OK;
  ets_status status = open_cache(&cache, &absent, oauth, error);
  if (status == ETS_OK && !ets_token_cache_lock(&cache, NULL, NULL))
    status = ets_error_set(error, ETS_E_IO, "the token cache %.300s is in use: try again",
                           oauth->cache_folder);
  if (status == ETS_OK)
    ets_token_cache_drop(&cache);
  ets_token_cache_close(&cache);
  return absent ? ETS_OK : status;
}
