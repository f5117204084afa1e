/* The rows of a part of a window, copied: they wait in memory until the part is whole. */
#ifndef ETS_EXPORT_WAITING_H
#define ETS_EXPORT_WAITING_H

#include <etsoap/export.h>

#include "base/arena.h"

struct ets_waiting {
  const ets_export_span *span;
  ets_path *paths; /* of its table's columns */
  struct ets_arena arena;
  struct ets_waiting_cell *cells;
  int64_t *dates; /* of the rows, microseconds; 0: none */
  size_t count;   /* of rows */
};

/* Room for so many rows of a table with dates. False when out of memory; free it either way. */
bool ets_waiting_begin(struct ets_waiting *rows, const ets_export_span *span, size_t most);
void ets_waiting_free(struct ets_waiting *rows);

/* Copies a row. False when out of memory, or for what cannot be kept: an object, bytes, one of
 * many. */
bool ets_waiting_keep(struct ets_waiting *rows, ets_object row);

/* The values of a row; their text is of `rows`. */
void ets_waiting_get(ets_value *values, const struct ets_waiting *rows, size_t index);

#endif
