#include "ettrack/run/pump.h"

#include <stdlib.h>

ets_status pump(ets_cursor *cursor, ets_status status, const struct columns *columns,
                const struct taker *taker, uint64_t *rows) {
  ets_object row;
  if (status != ETS_OK)
    return status;
  ets_path *paths = calloc(columns->count, sizeof *paths);
  ets_value *values = calloc(columns->count, sizeof *values);
  bool more = paths && values;
  status = more ? ETS_OK : ETS_E_NOMEM;
  for (size_t i = 0; more && i < columns->count; i++)
    paths[i] = ets_path_of(columns->items[i]);
  while (more && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    for (size_t i = 0; i < columns->count; i++)
      values[i] = ets_path_get(&paths[i], row);
    if (rows)
      ++*rows;
    more = taker->row(taker->context, ets_object_kind(row), values);
  }
  free(paths);
  free(values);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}
