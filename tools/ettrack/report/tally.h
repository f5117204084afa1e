/* Counts by name. */
#ifndef ETTRACK_REPORT_TALLY_H
#define ETTRACK_REPORT_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TALLY_COUNTS = 4 };

struct tally_item {
  char *name;
  int64_t counts[TALLY_COUNTS]; /* what they count is the caller's */
  int64_t key;                  /* of the order */
};

/* Starts as {0}. */
struct tally {
  struct tally_item *items; /* in the order they came, until sorted */
  size_t count;
  size_t *slots; /* item + 1; 0: free */
  size_t slot_count;
};

/* The item of that name, new with zeros when there is none. NULL when out of memory. It stays where
 * it is until the next new one. */
struct tally_item *tally_at(struct tally *tally, const char *name);

/* Puts the highest of that count first, equal ones by name. Nothing is looked up from then on. */
void tally_sort(struct tally *tally, size_t count);

void tally_free(struct tally *tally);

#endif
