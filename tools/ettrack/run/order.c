#include "ettrack/run/order.h"

#include <etsoap/time.h>

#include <stdlib.h>

static bool key_of(int64_t *key, const struct order *order, const ets_value *value) {
  ets_time time;
  if (value->presence != ETS_PRESENT)
    return false;
  if (value->kind == ETS_VALUE_INTEGER) {
    *key = value->integer;
    return true;
  }
  if (!value->text || ets_time_parse(&time, value->text, order->utc_offset) != ETS_OK)
    return false;
  *key = time.microseconds;
  return true;
}

/* The lowest key first; a descending order has negative keys. */
static int compare(const void *left, const void *right) {
  const struct order_row *a = left, *b = right;
  if (a->has_key != b->has_key)
    return a->has_key ? -1 : 1;
  if (a->has_key && a->key != b->key)
    return a->key < b->key ? -1 : 1;
  return a->row < b->row ? -1 : a->row > b->row;
}

struct order_row *order_rows(const struct order *order, struct copies *copies) {
  struct order_row *rows = calloc(copies->rows ? copies->rows : 1, sizeof *rows);
  for (size_t i = 0; rows && i < copies->rows; i++) {
    rows[i].row = i;
    rows[i].has_key = key_of(&rows[i].key, order, &copies_row(copies, i)[order->column]);
    if (order->descending)
      rows[i].key = -rows[i].key;
  }
  if (rows)
    qsort(rows, copies->rows, sizeof *rows, compare);
  return rows;
}
