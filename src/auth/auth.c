#include "auth/auth.h"

#include "auth/oauth.h"
#include "base/mask.h"
#include "base/secret.h"
#include "base/text.h"

#include <string.h>

void ets_auth_clear(struct ets_auth *auth) {
  ets_wipe(auth->username);
  ets_wipe(auth->secret);
  ets_oauth_free(auth->oauth);
  *auth = (struct ets_auth){0};
}

static ets_status set(struct ets_auth *auth, enum ets_credential_kind kind, const char *username,
                      const char *secret, ets_error *error) {
  char *name_copy = username ? strdup(username) : NULL;
  char *secret_copy = strdup(secret);
  if ((username && !name_copy) || !secret_copy) {
    ets_wipe(name_copy);
    ets_wipe(secret_copy);
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  ets_auth_clear(auth);
  *auth = (struct ets_auth){kind, name_copy, secret_copy, NULL};
  return ETS_OK;
}

/* Says nothing of what the text is: it may be a secret. */
static ets_status check_text(const char *what, const char *text, ets_error *error) {
  if (!text[ets_text_valid(text)])
    return ETS_OK;
  return ets_error_set(error, ETS_E_USAGE,
                       "the %s holds a control character or is not UTF-8: XML cannot carry it",
                       what);
}

ets_status ets_auth_set_user(struct ets_auth *auth, enum ets_credential_kind kind,
                             const char *username, const char *password, ets_error *error) {
  if (!username || !*username || !password || !*password)
    return ets_error_set(error, ETS_E_USAGE,
                         "user name and password are both needed and not empty");
  ets_status status = check_text("user name", username, error);
  if (status == ETS_OK)
    status = check_text("password", password, error);
  return status == ETS_OK ? set(auth, kind, username, password, error) : status;
}

ets_status ets_auth_set_token(struct ets_auth *auth, const char *token, ets_error *error) {
  if (!token || !*token)
    return ets_error_set(error, ETS_E_USAGE, "the access token is empty");
  ets_status status = check_text("access token", token, error);
  return status == ETS_OK ? set(auth, ETS_CREDENTIAL_TOKEN, NULL, token, error) : status;
}

ets_status ets_auth_set_oauth(struct ets_auth *auth, const ets_oauth_options *options,
                              ets_error *error) {
  struct ets_oauth *oauth;
  ets_status status = ets_oauth_new(&oauth, options, error);
  if (status != ETS_OK)
    return status;
  ets_auth_clear(auth);
  *auth = (struct ets_auth){.kind = ETS_CREDENTIAL_TOKEN, .oauth = oauth};
  return ETS_OK;
}

ets_status ets_auth_get(struct ets_credential *credential, struct ets_auth *auth,
                        struct ets_http *http, bool wants_endpoint, ets_error *error) {
  *credential = (struct ets_credential){auth->kind, auth->username, auth->secret, NULL};
  if (auth->kind == ETS_CREDENTIAL_NONE)
    return ets_error_set(error, ETS_E_USAGE,
                         "the session has no credentials: set a user name and password, an "
                         "access token, or client id and secret");
  if (!auth->oauth)
    return ETS_OK;
  ets_status status = ets_oauth_ensure(auth->oauth, http, wants_endpoint, error);
  credential->secret = auth->oauth->token.text;
  credential->endpoint = auth->oauth->token.endpoint;
  return status;
}

int64_t ets_auth_expires(const struct ets_auth *auth) {
  return auth->oauth && auth->oauth->token.text ? auth->oauth->token.expires : 0;
}

bool ets_auth_can_renew(const struct ets_auth *auth) {
  return auth->oauth != NULL;
}

ets_status ets_auth_renew(struct ets_auth *auth, struct ets_http *http, bool wants_endpoint,
                          ets_error *error) {
  return ets_oauth_renew(auth->oauth, http, wants_endpoint, error);
}

const char *ets_auth_account(const struct ets_auth *auth) {
  return auth->oauth ? auth->oauth->client.account_id : NULL;
}

int64_t ets_auth_retry_after(const struct ets_auth *auth) {
  return auth->oauth ? auth->oauth->retry_after : -1;
}

void ets_auth_secrets(const struct ets_auth *auth, const char *secrets[ETS_AUTH_SECRETS + 1]) {
  size_t n = 0;
  if (auth->secret)
    secrets[n++] = auth->secret;
  if (auth->oauth && auth->oauth->client.secret)
    secrets[n++] = auth->oauth->client.secret;
  if (auth->oauth && auth->oauth->token.text)
    secrets[n++] = auth->oauth->token.text;
  if (auth->oauth && auth->oauth->token.refresh)
    secrets[n++] = auth->oauth->token.refresh;
  secrets[n] = NULL;
}

void ets_auth_mask(const struct ets_auth *auth, char *text) {
  const char *secrets[ETS_AUTH_SECRETS + 1];
  ets_auth_secrets(auth, secrets);
  for (size_t i = 0; secrets[i]; i++)
    ets_mask(text, secrets[i]);
}

void ets_auth_mask_error(const struct ets_auth *auth, ets_error *error) {
  const char *secrets[ETS_AUTH_SECRETS + 1];
  /* Up to three bytes less than fit: no character is cut apart. */
  bool cut = strlen(error->message) + 4 >= sizeof error->message;
  ets_auth_secrets(auth, secrets);
  for (size_t i = 0; secrets[i]; i++)
    (cut ? ets_mask_cut : ets_mask)(error->message, secrets[i]);
}

bool ets_auth_masked(const struct ets_auth *auth, const char *text, char **copy) {
  *copy = text ? strdup(text) : NULL;
  if (*copy)
    ets_auth_mask(auth, *copy);
  return *copy || !text;
}
