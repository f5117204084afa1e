#include "ettrack/sinks/store.h"

#include <string.h>

/* The rest of `text` behind a scheme; NULL: it is another. */
static const char *behind(const char *text, const char *scheme) {
  size_t n = strlen(scheme);
  return strncmp(text, scheme, n) == 0 ? text + n : NULL;
}

static ets_status open_any(struct store *store, const char *where,
                           const struct store_options *options, bool create, ets_error *error) {
  const char *file = behind(where, "sqlite:"), *scheme = strstr(where, "://");
  *store = (struct store){0};
  if ((file && !*file) || !*where)
    return ets_error_set(error, ETS_E_USAGE,
                         "--to '%s' names nothing: expected a folder, sqlite:FILE or "
                         "postgresql://HOST/DATABASE",
                         where);
  if (file)
    return sqlite_open(store, file, create, error);
  if (behind(where, "postgresql://") || behind(where, "postgres://"))
    return postgres_open(store, where, create, error);
  if (scheme) /* what follows may hold a password */
    return ets_error_set(error, ETS_E_USAGE,
                         "--to %.*s...: there is no such sink; expected a folder, sqlite:FILE or "
                         "postgresql://HOST/DATABASE",
                         (int)(scheme - where < 40 ? scheme - where : 40) + 3, where);
  return folder_open(store, where, options, create, error);
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
