/* Who may call: users with passwords, clients with secrets, the tokens they were given. */
#ifndef ETSIM_SERVICE_AUTH_H
#define ETSIM_SERVICE_AUTH_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "operations/call.h"

struct soap;

enum { AUTH_TOKENS = 1024, AUTH_TOKEN_SIZE = 65, AUTH_NONCES = 4096, AUTH_SECRETS = 16 };

struct secret {
  char *name;
  char *secret;
};

struct token {
  char text[AUTH_TOKEN_SIZE];
  int64_t expires;
  int account;
  unsigned client; /* index */
};

enum { AUTH_PASSES = 256, AUTH_REDIRECT_SIZE = 256 };

/* A code or a refresh token; see service/authorize.h. */
struct pass {
  char text[AUTH_TOKEN_SIZE];
  char redirect[AUTH_REDIRECT_SIZE];
  unsigned client; /* index */
  bool code;
};

struct auth {
  struct secret users[AUTH_SECRETS];
  size_t user_count;
  struct secret clients[AUTH_SECRETS];
  size_t client_count;
  int64_t token_lifetime; /* milliseconds */
  const int *accounts;    /* the parent first */
  size_t account_count;
  pthread_mutex_t lock;
  struct token tokens[AUTH_TOKENS]; /* a ring: the oldest goes first */
  unsigned next_token;
  struct pass passes[AUTH_PASSES]; /* a ring as well */
  unsigned next_pass;
  uint64_t nonces[AUTH_NONCES]; /* hashes of those seen lately */
  unsigned next_nonce;
};

struct auth *auth_new(const int *accounts, size_t account_count, int64_t token_lifetime);
void auth_free(struct auth *auth);

/* Takes over both strings, which are freed on failure too; NULL ones fail. */
bool auth_add_user(struct auth *auth, char *name, char *secret);
bool auth_add_client(struct auth *auth, char *name, char *secret);

/* Looks at the header of the request. @return NULL, or the faultstring that refuses it */
const char *auth_check(struct auth *auth, const struct soap *soap, struct caller *caller);

/* Answers POST /v2/token with JSON. @param base  "http://127.0.0.1:8080"
 * @return the HTTP status */
int auth_token(struct auth *auth, const char *body, const char *base, struct buffer *out);

#endif
