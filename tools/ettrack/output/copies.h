/* Copies of rows that outlive the cursor they came from. */
#ifndef ETTRACK_OUTPUT_COPIES_H
#define ETTRACK_OUTPUT_COPIES_H

#include "common/buffer.h"

#include <etsoap/object.h>

struct block;

struct copies {
  size_t columns;
  size_t rows;
  size_t capacity;
  size_t bytes;       /* of text held */
  ets_value *values;  /* rows * columns */
  const char **types; /* of each row, static text */
  struct block *blocks;
  struct buffer scratch;
};

void copies_init(struct copies *copies, size_t columns);
/* Copies a row. An object becomes its JSON, kept in `text`. `type` is kept as it is. Returns false
 * when out of memory. */
bool copies_add(struct copies *copies, const char *type, const ets_value *values);
ets_value *copies_row(struct copies *copies, size_t row);
void copies_free(struct copies *copies);

#endif
