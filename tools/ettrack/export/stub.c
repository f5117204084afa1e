#include "ettrack/export/sink.h"
/* Until the databases are there. */
ets_status sqlite_open(struct store *store, const char *where, bool create, ets_error *error) {
  (void)create;
  *store = (struct store){0};
  return ets_error_set(error, ETS_E_USAGE, "%s: not yet", where);
}
ets_status postgres_open(struct store *store, const char *where, bool create, ets_error *error) {
  return sqlite_open(store, where, create, error);
}
