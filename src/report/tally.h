/* Counts by name. */
#ifndef ETS_REPORT_TALLY_H
#define ETS_REPORT_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ETS_TALLY_COUNTS = 4 };

struct ets_tally_item {
  char *name;
  int64_t counts[ETS_TALLY_COUNTS]; /* what they count is the caller's */
  int64_t key;                      /* the caller's until sorted: then of the order */
};

/* Starts as {0}. */
struct ets_report_tally {
  struct ets_tally_item *items; /* in the order they came, until sorted */
  size_t count;
  size_t *slots; /* item + 1; 0: free */
  size_t slot_count;
};

/* The item of that name, new with zeros when there is none. NULL when out of memory. It stays where
 * it is until the next new one. */
struct ets_tally_item *ets_tally_at(struct ets_report_tally *tally, const char *name);

/* Puts the highest of that count first, equal ones by name. Nothing is looked up from then on. */
void ets_tally_sort(struct ets_report_tally *tally, size_t count);

void ets_tally_free(struct ets_report_tally *tally);

#endif
