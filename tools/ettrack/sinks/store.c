#include "ettrack/sinks/store.h"

#include "common/buffer.h"

#include <string.h>
#include <strings.h>

static const char expected[] = "a folder, sqlite:FILE or postgresql://USER@HOST/DATABASE";

/* The rest of `text` behind a scheme, in whatever case; NULL: it is another. */
static const char *behind(const char *text, const char *scheme) {
  size_t n = strlen(scheme);
  return strncasecmp(text, scheme, n) == 0 ? text + n : NULL;
}

/* Whether `key =` is in it. */
static bool has_key(const char *text, const char *key) {
  for (; *text; text++) {
    const char *rest = behind(text, key);
    if (rest && rest[strspn(rest, " \t")] == '=')
      return true;
  }
  return false;
}

/* libpq knows its schemes in lower case. */
static ets_status open_postgres(struct store *store, const char *rest, bool create,
                                ets_error *error) {
  struct buffer where = {0};
  buffer_printf(&where, "postgresql://%s", rest);
  ets_status status = where.failed ? ets_error_set(error, ETS_E_NOMEM, "out of memory")
                                   : postgres_open(store, buffer_text(&where), create, error);
  buffer_free(&where);
  return status;
}

/* What looks like a database is no folder. No more of it is shown than a scheme: a password may be
 * in all the rest. */
static ets_status check_folder(const char *where, ets_error *error) {
  static const char signs[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.";
  size_t n = strspn(where, signs);
  bool scheme = n > 0 && n < 40 && where[n] == ':';
  if (has_key(where, "password") || (has_key(where, "host") && has_key(where, "dbname")))
    return ets_error_set(error, ETS_E_USAGE,
                         "--to takes no key=value text of PostgreSQL: write "
                         "postgresql://USER@HOST/DATABASE, and the password into ~/.pgpass");
  if (scheme && behind(where, "postgres"))
    return ets_error_set(error, ETS_E_USAGE, "--to %.*s:...: write postgresql://USER@HOST/DATABASE",
                         (int)n, where);
  if (strstr(where, "://"))
    return ets_error_set(error, ETS_E_USAGE, "--to %.*s...: there is no such sink; expected %s",
                         scheme ? (int)n + 1 : 0, where, expected);
  return ETS_OK;
}

static ets_status open_any(struct store *store, const char *where,
                           const struct store_options *options, bool create, ets_error *error) {
  const char *file = behind(where, "sqlite:"), *server = behind(where, "postgresql://");
  *store = (struct store){0};
  if ((file && !*file) || !*where)
    return ets_error_set(error, ETS_E_USAGE, "--to '%s' names nothing: expected %s", where,
                         expected);
  if (!server)
    server = behind(where, "postgres://");
  if ((file || server) && options && (options->ndjson || options->plain))
    return ets_error_set(error, ETS_E_USAGE, "--%s is for a folder: a database has no files",
                         options->ndjson ? "ndjson" : "plain");
  if (file && strncmp(file, "//", 2) == 0)
    return ets_error_set(error, ETS_E_USAGE,
                         "--to sqlite://...: an SQLite file has no host: write sqlite:FILE");
  if (file)
    return sqlite_open(store, file, create, error);
  if (server)
    return open_postgres(store, server, create, error);
  ets_status status = check_folder(where, error);
  return status == ETS_OK ? folder_open(store, where, options, create, error) : status;
}

ets_status store_open(struct store *store, const char *where, const struct store_options *options,
                      ets_error *error) {
  return open_any(store, where, options, true, error);
}

ets_status store_open_old(struct store *store, const char *where, ets_error *error) {
  static const struct store_options as_it_is = {false, false};
  return open_any(store, where, &as_it_is, false, error);
}

void store_close(struct store *store) {
  if (store->close)
    store->close(store->sink.context);
  *store = (struct store){0};
}
