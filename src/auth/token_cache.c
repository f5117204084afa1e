#include "auth/token_cache.h"

#include "base/clock.h"
#include "base/secret.h"
#include "http/client.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILE_MAX = 64 * 1024, FILE_NAME_MAX = 80, LOCK_WAIT = 30000, LOCK_POLL = 25 };

/* --- the folder ------------------------------------------------------------------------------ */

/* Makes a folder and those above it. */
static bool make_folder(const char *folder) {
  char *path = strdup(folder);
  if (!path)
    return false;
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    (void)mkdir(path, 0700);
    *slash = '/';
  }
  bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
  free(path);
  return made;
}

static ets_status check_safe(const char *what, const char *name, const struct stat *about,
                             const char *mode, ets_error *error) {
  if (about->st_uid != geteuid())
    return ets_error_set(error, ETS_E_IO,
                         "the token cache %s %.300s belongs to somebody else (uid %ld): remove it, "
                         "or name another folder",
                         what, name, (long)about->st_uid);
  if (about->st_mode & (S_IRWXG | S_IRWXO))
    return ets_error_set(error, ETS_E_IO,
                         "the token cache %s %.300s is open to others: chmod %s, or remove it",
                         what, name, mode);
  return ETS_OK;
}

static bool hash_key(char name[65], const char *const *key, size_t key_size) {
  static const char digits[] = "0123456789abcdef";
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  bool done = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL);
  for (size_t i = 0; done && i < key_size; i++) {
    const char *text = key[i] ? key[i] : "";
    done = EVP_DigestUpdate(context, text, strlen(text) + 1);
  }
  done = done && EVP_DigestFinal_ex(context, hash, &size);
  EVP_MD_CTX_free(context);
  for (unsigned i = 0; done && i < 32; i++) {
    name[2 * i] = digits[hash[i] >> 4];
    name[2 * i + 1] = digits[hash[i] & 15];
  }
  name[64] = '\0';
  return done;
}

ets_status ets_token_cache_open(struct ets_token_cache *cache, bool *absent, const char *folder,
                                const char *const *key, size_t key_size, ets_error *error) {
  struct stat about;
  *cache = (struct ets_token_cache){.folder_name = folder, .folder = -1, .lock = -1};
  if (!hash_key(cache->name, key, key_size))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  bool made = make_folder(folder);
  cache->folder = made ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (cache->folder < 0 || fstat(cache->folder, &about) != 0) {
    *absent = true;
    return ets_error_set(error, ETS_E_IO, "cannot use the token cache %.300s: %s", folder,
                         strerror(errno));
  }
  return check_safe("folder", folder, &about, "700", error);
}

void ets_token_cache_close(struct ets_token_cache *cache) {
  if (cache->lock >= 0)
    close(cache->lock);
  if (cache->folder >= 0)
    close(cache->folder);
  cache->lock = cache->folder = -1;
}

static const char *file_name(char name[FILE_NAME_MAX], const struct ets_token_cache *cache,
                             const char *extension) {
  snprintf(name, FILE_NAME_MAX, "%s.%s", cache->name, extension);
  return name;
}

bool ets_token_cache_lock(struct ets_token_cache *cache, bool (*aborted)(void *context),
                          void *context) {
  char name[FILE_NAME_MAX];
  int file = openat(cache->folder, file_name(name, cache, "lock"),
                    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0)
    return false;
  int64_t end = ets_monotonic() + LOCK_WAIT;
  int failed = flock(file, LOCK_EX | LOCK_NB);
  while (failed && (errno == EWOULDBLOCK || errno == EINTR) && ets_monotonic() < end) {
    if (!ets_sleep(LOCK_POLL, aborted, context))
      break;
    failed = flock(file, LOCK_EX | LOCK_NB);
  }
  if (failed)
    close(file);
  else
    cache->lock = file;
  return !failed;
}

/* --- the file -------------------------------------------------------------------------------- */

/* Into `text`, which has room for FILE_MAX bytes and a NUL; what is longer is no token. */
static bool read_text(char *text, int file) {
  size_t size = 0;
  ssize_t n = 1;
  while (size < FILE_MAX && n != 0) {
    n = read(file, text + size, FILE_MAX - size);
    if (n < 0 && errno != EINTR)
      return false;
    size += n > 0 ? (size_t)n : 0;
  }
  text[size] = '\0';
  return size < FILE_MAX;
}

/* The members but for the token itself; what is not as written here leaves `token` without text. */
static bool parse(struct ets_token *token, char *text) {
  if (!ets_secret_lift(&token->text, text, "access_token") ||
      !ets_secret_lift(&token->refresh, text, "refresh_token"))
    return false;
  json_t *root = json_loads(text, 0, NULL);
  const json_t *endpoint = json_object_get(root, "endpoint");
  token->issued = json_integer_value(json_object_get(root, "issued"));
  token->expires = json_integer_value(json_object_get(root, "expires"));
  bool complete = true;
  if (json_is_string(endpoint)) {
    token->endpoint = strdup(json_string_value(endpoint));
    complete = token->endpoint != NULL;
  }
  bool valid =
      json_is_string(json_object_get(root, "access_token")) && token->text && *token->text &&
      token->issued > 0 && token->expires > token->issued &&
      (!token->endpoint || ets_http_check_url("endpoint", token->endpoint, NULL) == ETS_OK);
  json_decref(root);
  if (!valid)
    ets_token_clear(token);
  return complete;
}

ets_status ets_token_cache_read(struct ets_token *token, const struct ets_token_cache *cache,
                                ets_error *error) {
  char name[FILE_NAME_MAX];
  char path[512];
  struct stat about;
  *token = (struct ets_token){0};
  snprintf(path, sizeof path, "%s/%s", cache->folder_name, file_name(name, cache, "json"));
  int file = openat(cache->folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0 && errno == ENOENT)
    return ETS_OK;
  if (file < 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
    ets_error_set(error, ETS_E_IO, "cannot read the token cache file %s: expected a plain file",
                  path);
    if (file >= 0)
      close(file);
    return ETS_E_IO;
  }
  ets_status status = check_safe("file", path, &about, "600", error);
  char *text = status == ETS_OK ? malloc(FILE_MAX + 1) : NULL;
  if (status == ETS_OK && (!text || (read_text(text, file) && !parse(token, text))))
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  ets_wipe_bytes(text, FILE_MAX + 1);
  close(file);
  return status;
}

/* The same as JSON; NULL when it cannot be made. The token goes in last and by hand, since a
 * JSON writer would leave copies of it. Free with ets_wipe(). */
static char *print(const struct ets_token *token) {
  json_t *root = json_pack("{s:I, s:I, s:s?}", "issued", (json_int_t)token->issued, "expires",
                           (json_int_t)token->expires, "endpoint", token->endpoint);
  char *rest = root ? json_dumps(root, JSON_COMPACT) : NULL;
  json_decref(root);
  const char *refresh = token->refresh ? token->refresh : "";
  size_t size = rest ? strlen(rest) + strlen(token->text) + strlen(refresh) + 64 : 0;
  char *text = rest ? malloc(size) : NULL;
  if (text)
    snprintf(text, size, "{\"access_token\":\"%s\",%s%s%s%s\n", token->text,
             *refresh ? "\"refresh_token\":\"" : "", refresh, *refresh ? "\"," : "", rest + 1);
  free(rest);
  return text;
}

static bool write_text(int file, const char *text) {
  size_t size = strlen(text);
  while (size > 0) {
    ssize_t n = write(file, text, size);
    if (n < 0 && errno != EINTR)
      return false;
    if (n > 0) {
      text += n;
      size -= (size_t)n;
    }
  }
  return true;
}

bool ets_token_cache_write(const struct ets_token_cache *cache, const struct ets_token *token) {
  char made[FILE_NAME_MAX];
  char kept[FILE_NAME_MAX];
  file_name(made, cache, "new");
  file_name(kept, cache, "json");
  char *text = print(token);
  if (!text)
    return false;
  (void)unlinkat(cache->folder, made, 0); /* left behind by one that was stopped */
  int file = openat(cache->folder, made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool written = file >= 0 && write_text(file, text);
  if (file >= 0 && close(file) != 0)
    written = false;
  written = written && renameat(cache->folder, made, cache->folder, kept) == 0;
  if (!written)
    (void)unlinkat(cache->folder, made, 0);
  ets_wipe(text);
  return written;
}

void ets_token_cache_drop(const struct ets_token_cache *cache) {
  char name[FILE_NAME_MAX];
  (void)unlinkat(cache->folder, file_name(name, cache, "json"), 0);
}
