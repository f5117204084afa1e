#include "ettrack/run/pump.h"

#include "ettrack/columns/source.h"

#include <stdlib.h>

ets_status pump(ets_cursor *cursor, ets_status status, const struct columns *columns,
                const struct taker *taker, uint64_t *rows) {
  ets_object row;
  if (status != ETS_OK)
    return status;
  struct source *sources = sources_of(columns);
  ets_value *values = calloc(columns->count, sizeof *values);
  bool more = sources && values;
  status = more ? ETS_OK : ETS_E_NOMEM;
  while (more && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    for (size_t i = 0; i < columns->count; i++)
      values[i] = source_value(&sources[i], row);
    if (rows)
      ++*rows;
    more = taker->row(taker->context, ets_object_type(row), values);
  }
  sources_free(sources, columns->count);
  free(values);
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}
