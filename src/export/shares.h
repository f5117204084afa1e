/* How many rows belong to which send. */
#ifndef ETS_EXPORT_SHARES_H
#define ETS_EXPORT_SHARES_H

#include <etsoap/export.h>

struct ets_shares {
  ets_export_share *items; /* ascending by send */
  size_t count, capacity;
  size_t last; /* counted last: rows of a send come together */
};

/* False when out of memory. */
bool ets_shares_add(struct ets_shares *shares, int64_t send, uint64_t rows);
bool ets_shares_join(struct ets_shares *shares, const struct ets_shares *others);
void ets_shares_clear(struct ets_shares *shares);
void ets_shares_free(struct ets_shares *shares);

#endif
