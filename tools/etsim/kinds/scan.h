/* Going through the rows of a type: the computed ones first, then those of the store. */
#ifndef ETSIM_KINDS_SCAN_H
#define ETSIM_KINDS_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kinds/kind.h"
#include "store/world.h"

struct filter;

/* Where a scan stands: enough to go on with the next page. */
struct position {
  uint64_t outer; /* send, or first level */
  uint64_t inner; /* row in it */
};

/* What a scan takes out of the filter once, instead of once a row. */
struct scan_hints {
  bool ready;
  bool one_subscriber;
  uint32_t subscriber; /* UINT32_MAX: nobody */
  bool one_send;
  const struct send *send;   /* NULL: none that exists */
  int64_t from, to;          /* dates */
  const struct send *ranged; /* the send that first and end are of */
  uint32_t first, end;
  int64_t horizon; /* of that send */
};

struct scan {
  struct world *world;
  const struct kind *kind;
  const struct filter *filter; /* for the parts that a scan can use as an index */
  const int *accounts;         /* only rows of these business units; NULL: all */
  size_t account_count;
  uint64_t from, to;        /* only records after `from` up to `to`; 0: what is computed too */
  struct position position; /* of the next row to look at */
  struct scan_hints hints;
};

/* The next row that may match, computed or stored. Wants the lock of the store. */
bool scan_next(struct scan *scan, struct row *row);

/* For a computed row whose place a record has taken: takes it when that was after the query began,
 * so that it comes behind none that were given before. Else @return false: it comes later. */
bool scan_take_late(const struct scan *scan, struct row *row, const struct record *record);

/* Any property of any row. Wants the lock of the store. */
void row_get(struct world *world, struct row *row, const struct property *property,
             struct value *value);

/* Makes row_get() of many properties of one row of a data extension as quick as of few, until the
 * next row; row_end() frees what that takes. Both do nothing for other rows. */
void row_spread(struct row *row);
void row_end(struct row *row);

/* Whether a scan may show rows of this business unit. */
bool scan_sees(const struct scan *scan, int account);

#endif
