/* A value on its way into a column of a database. What the column cannot hold is kept as text: the
 * row's `unfit`, a JSON object {"SendID":"abc"}. */
#ifndef ETTRACK_SINKS_CELL_H
#define ETTRACK_SINKS_CELL_H

#include "common/buffer.h"

#include <etsoap/object.h>

enum cell_kind { CELL_NULL, CELL_INTEGER, CELL_DOUBLE, CELL_BOOLEAN, CELL_TEXT };

struct cell {
  enum cell_kind kind;
  int64_t integer; /* INTEGER; BOOLEAN as 0 or 1 */
  double real;
  const char *text; /* of the value or of the writer: until the next cell */
};

/* Makes the cells of a row. Begin with {0}, end with cells_free(). */
struct cells {
  int utc_offset; /* minutes east of UTC: dates that name another zone are brought here */
  struct buffer text;
  struct buffer unfit;
};

void cells_free(struct cells *cells);

/* Before the first cell of a row. */
void cells_begin(struct cells *cells);

/* A value for a column that holds `kind`. Dates are `2026-11-01T10:02:01.987`, in server time. */
struct cell cell_of(struct cells *cells, const char *column, ets_value_kind kind,
                    const ets_value *value);

/* Behind the last cell: what did not fit; CELL_NULL: all did. */
struct cell cells_unfit(struct cells *cells);

/* False: memory ran out, and the cells of the row are not to be trusted. */
bool cells_whole(const struct cells *cells);

#endif
