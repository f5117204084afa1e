#include "export/shares.h"

#include <stdlib.h>
#include <string.h>

/* Where a send is, or has to go. */
static size_t place_of(const struct ets_shares *shares, int64_t send) {
  size_t low = 0, high = shares->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (shares->items[middle].send < send)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool grow(struct ets_shares *shares) {
  size_t capacity = shares->capacity ? shares->capacity * 2 : 16;
  ets_export_share *items = realloc(shares->items, capacity * sizeof *items);
  if (!items)
    return false;
  shares->items = items;
  shares->capacity = capacity;
  return true;
}

bool ets_shares_add(struct ets_shares *shares, int64_t send, uint64_t rows) {
  size_t at = shares->last;
  if (at >= shares->count || shares->items[at].send != send)
    at = place_of(shares, send);
  if (at == shares->count || shares->items[at].send != send) {
    if (shares->count == shares->capacity && !grow(shares))
      return false;
    memmove(shares->items + at + 1, shares->items + at,
            (shares->count - at) * sizeof *shares->items);
    shares->items[at] = (ets_export_share){send, 0};
    shares->count++;
  }
  shares->items[at].rows += rows;
  shares->last = at;
  return true;
}

bool ets_shares_join(struct ets_shares *shares, const struct ets_shares *others) {
  for (size_t i = 0; i < others->count; i++)
    if (!ets_shares_add(shares, others->items[i].send, others->items[i].rows))
      return false;
  return true;
}

void ets_shares_clear(struct ets_shares *shares) {
  shares->count = 0;
}

void ets_shares_free(struct ets_shares *shares) {
  free(shares->items);
  *shares = (struct ets_shares){0};
}
