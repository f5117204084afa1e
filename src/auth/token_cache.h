/* Tokens kept in files, so that many processes ask once. One file for each combination of
 * address, client, account and scope; its name is a hash of them. Files are 0600 in a folder of
 * 0700, and what others may read or own is refused. */
#ifndef ETS_TOKEN_CACHE_H
#define ETS_TOKEN_CACHE_H

#include "auth/token.h"

#include <etsoap/error.h>

#include <stddef.h>

struct ets_token_cache {
  const char *folder_name; /* borrowed */
  int folder;              /* -1: not open */
  int lock;                /* -1: not locked */
  char name[65];           /* hexadecimal SHA-256 */
};

/* Makes the folder when it is missing.
 * @param[out] cache   close it, after a failure too
 * @param[out] absent  the folder cannot be made or opened; as opposed to: it is not safe
 * @param key          texts, NULL counting as empty */
ets_status ets_token_cache_open(struct ets_token_cache *cache, bool *absent, const char *folder,
                                const char *const *key, size_t key_size, ets_error *error);
void ets_token_cache_close(struct ets_token_cache *cache);

/* Waits a while for its turn, or until `aborted` says so. Returns false when the wait was in vain,
 * or locking impossible: then nothing is to be written. */
bool ets_token_cache_lock(struct ets_token_cache *cache, bool (*aborted)(void *context),
                          void *context);

/* What is there; a file that holds no token reads as none.
 * @param[out] token  free with ets_token_clear()
 * @return ETS_OK, ETS_E_IO when the file is not safe, ETS_E_NOMEM */
ets_status ets_token_cache_read(struct ets_token *token, const struct ets_token_cache *cache,
                                ets_error *error);

/* Both need the lock. A token that cannot be written is a token nevertheless; what buys the next
 * one is lost then. @return false: it is not written */
bool ets_token_cache_write(const struct ets_token_cache *cache, const struct ets_token *token);
void ets_token_cache_drop(const struct ets_token_cache *cache);

#endif
