/* Rows in another order than they come in: all of them are kept until the last one is there. */
#ifndef ETTRACK_RUN_ORDER_H
#define ETTRACK_RUN_ORDER_H

#include "ettrack/output/copies.h"

/* By which column: dates by time, numbers by size; rows without a value come last. */
struct order {
  size_t column;
  bool descending;
  int utc_offset; /* of dates without zone, minutes */
};

struct order_row {
  int64_t key;
  size_t row; /* of the copies */
  bool has_key;
};

/* The rows in order, of `copies->rows` entries; to be freed. Rows that are equal keep the order
 * that they came in. NULL when out of memory. */
struct order_row *order_rows(const struct order *order, struct copies *copies);

#endif
