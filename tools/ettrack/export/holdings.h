/* What a sink holds, without asking the service. */
#ifndef ETTRACK_EXPORT_HOLDINGS_H
#define ETTRACK_EXPORT_HOLDINGS_H

#include "ettrack/sinks/store.h"

struct holding {
  const char *table;
  int32_t account;
  ets_export_record record; /* its shares are the holdings' */
};

struct holdings {
  struct holding *items; /* by table, account and time */
  size_t count, capacity;
};

/* Reads them all. Free them in any case. */
ets_status holdings_read(struct holdings *holdings, const struct store *store, ets_error *error);
void holdings_free(struct holdings *holdings);

#endif
