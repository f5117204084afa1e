#include "service/auth.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "ground/date.h"
#include "ground/permutation.h"

#include "etH.h"

#define PASSWORD_DIGEST "#PasswordDigest"

enum { SHA1_SIZE = 20, CLOCK_SKEW_MS = 300000, NONCE_SIZE = 512 };

static const char login_failed[] = "Login Failed";

struct auth *auth_new(const int *accounts, size_t account_count, int64_t token_lifetime) {
  struct auth *auth = calloc(1, sizeof *auth);
  if (!auth)
    return NULL;
  auth->accounts = accounts;
  auth->account_count = account_count;
  auth->token_lifetime = token_lifetime;
  if (pthread_mutex_init(&auth->lock, NULL)) {
    free(auth);
    return NULL;
  }
  return auth;
}

static void free_secrets(struct secret *secrets, size_t count) {
  for (size_t i = 0; i < count; i++) {
    free(secrets[i].name);
    OPENSSL_cleanse(secrets[i].secret, strlen(secrets[i].secret));
    free(secrets[i].secret);
  }
}

void auth_free(struct auth *auth) {
  if (!auth)
    return;
  free_secrets(auth->users, auth->user_count);
  free_secrets(auth->clients, auth->client_count);
  (void)pthread_mutex_destroy(&auth->lock);
  free(auth);
}

static bool add(struct secret *secrets, size_t *count, char *name, char *secret) {
  if (!name || !secret || *count == AUTH_SECRETS) {
    free(name);
    free(secret);
    return false;
  }
  secrets[(*count)++] = (struct secret){name, secret};
  return true;
}

bool auth_add_user(struct auth *auth, char *name, char *secret) {
  return add(auth->users, &auth->user_count, name, secret);
}

bool auth_add_client(struct auth *auth, char *name, char *secret) {
  return add(auth->clients, &auth->client_count, name, secret);
}

static bool same(const char *a, size_t a_size, const char *b, size_t b_size) {
  return a_size == b_size && CRYPTO_memcmp(a, b, a_size) == 0;
}

static const struct secret *find_user(const struct auth *auth, const char *name) {
  for (size_t i = 0; i < auth->user_count; i++)
    if (strcmp(auth->users[i].name, name) == 0)
      return &auth->users[i];
  return NULL;
}

static bool decode(unsigned char *bytes, size_t *size, const char *base64) {
  size_t length = strlen(base64);
  if (length % 4 || length > NONCE_SIZE / 3 * 4)
    return false;
  int decoded = EVP_DecodeBlock(bytes, (const unsigned char *)base64, (int)length);
  if (decoded < 0)
    return false;
  *size = (size_t)decoded;
  for (size_t i = length; i > 0 && base64[i - 1] == '='; i--)
    (*size)--;
  return true;
}

static bool digest(unsigned char out[SHA1_SIZE], const unsigned char *nonce, size_t nonce_size,
                   const char *created, const char *secret) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  bool done = context && EVP_DigestInit_ex(context, EVP_sha1(), NULL) == 1 &&
              EVP_DigestUpdate(context, nonce, nonce_size) == 1 &&
              EVP_DigestUpdate(context, created, strlen(created)) == 1 &&
              EVP_DigestUpdate(context, secret, strlen(secret)) == 1 &&
              EVP_DigestFinal_ex(context, out, NULL) == 1;
  EVP_MD_CTX_free(context);
  return done;
}

/* @return whether the nonce is new; remembers it */
static bool take_nonce(struct auth *auth, const unsigned char *nonce, size_t size) {
  uint64_t hash = size;
  for (size_t i = 0; i < size; i++)
    hash = mix(hash, nonce[i], i);
  bool fresh = true;
  (void)pthread_mutex_lock(&auth->lock);
  for (size_t i = 0; i < AUTH_NONCES && fresh; i++)
    fresh = auth->nonces[i] != hash;
  if (fresh) {
    auth->nonces[auth->next_nonce] = hash;
    auth->next_nonce = (auth->next_nonce + 1) % AUTH_NONCES;
  }
  (void)pthread_mutex_unlock(&auth->lock);
  return fresh;
}

static bool check_digest(struct auth *auth, const struct _wsse__UsernameToken *token,
                         const char *secret) {
  unsigned char nonce[NONCE_SIZE], given[NONCE_SIZE], expected[SHA1_SIZE];
  size_t nonce_size = 0, given_size = 0;
  const char *created = token->wsu__Created;
  int64_t at;
  if (!token->Nonce || !token->Nonce->__item || !created || !date_read(&at, created) ||
      !decode(nonce, &nonce_size, token->Nonce->__item) ||
      !decode(given, &given_size, token->Password->__item) ||
      !digest(expected, nonce, nonce_size, created, secret))
    return false;
  int64_t age = date_now() - at;
  return age < CLOCK_SKEW_MS && age > -CLOCK_SKEW_MS && given_size == SHA1_SIZE &&
         CRYPTO_memcmp(given, expected, SHA1_SIZE) == 0 && take_nonce(auth, nonce, nonce_size);
}

static bool is_digest(const char *type) {
  size_t size = type ? strlen(type) : 0;
  size_t suffix = sizeof PASSWORD_DIGEST - 1;
  return size >= suffix && strcmp(type + size - suffix, PASSWORD_DIGEST) == 0;
}

static bool check_user(struct auth *auth, const struct _wsse__UsernameToken *token,
                       struct caller *caller) {
  if (!token->Username || !token->Password || !token->Password->__item)
    return false;
  const struct secret *user = find_user(auth, token->Username);
  if (!user)
    return false;
  caller->id = (uint64_t)(user - auth->users);
  if (is_digest(token->Password->Type))
    return check_digest(auth, token, user->secret);
  const char *given = token->Password->__item;
  return same(given, strlen(given), user->secret, strlen(user->secret));
}

/* A Timestamp that is there has to be current. */
static bool check_timestamp(const struct _wsu__Timestamp *timestamp) {
  int64_t now = date_now(), created, expires;
  if (!timestamp)
    return true;
  if (timestamp->Created &&
      (!date_read(&created, timestamp->Created) || created > now + CLOCK_SKEW_MS))
    return false;
  return !timestamp->Expires ||
         (date_read(&expires, timestamp->Expires) && expires > now - CLOCK_SKEW_MS);
}

static const char *check_token(struct auth *auth, const char *text, struct caller *caller) {
  const char *refusal = login_failed;
  (void)pthread_mutex_lock(&auth->lock);
  for (size_t i = 0; i < AUTH_TOKENS; i++) {
    const struct token *token = &auth->tokens[i];
    if (!token->text[0] || !same(token->text, strlen(token->text), text, strlen(text)))
      continue;
    caller->account = token->account;
    /* a new token of the same client goes on where the old one stopped */
    caller->id = (uint64_t)(AUTH_SECRETS + token->client) << 32 | (unsigned)token->account;
    refusal = token->expires > date_now() ? NULL : "Token Expired";
    break;
  }
  (void)pthread_mutex_unlock(&auth->lock);
  return refusal;
}

const char *auth_check(struct auth *auth, const struct soap *soap, struct caller *caller) {
  const struct SOAP_ENV__Header *header = soap->header;
  const char *refusal = login_failed;
  caller->account = auth->accounts[0];
  if (header && header->fuel__fueloauth) {
    refusal = check_token(auth, header->fuel__fueloauth, caller);
  } else if (header && header->wsse__Security && header->wsse__Security->UsernameToken) {
    const struct _wsse__Security *security = header->wsse__Security;
    if (check_timestamp(security->wsu__Timestamp) &&
        check_user(auth, security->UsernameToken, caller))
      refusal = NULL;
  }
  caller->parent = caller->account == auth->accounts[0];
  return refusal;
}
