/* Copies of rows that outlive the cursor they came from. */
#ifndef ETTRACK_BATCH_H
#define ETTRACK_BATCH_H

#include "sink.h"

#include <etsoap/object.h>

struct block;

struct batch {
  size_t columns;
  size_t rows;
  size_t capacity;
  size_t bytes;       /* of text held */
  ets_value *values;  /* rows * columns */
  const char **types; /* of each row, static text */
  struct block *blocks;
  struct sink scratch;
};

void batch_init(struct batch *batch, size_t columns);
/* Copies a row. An object becomes its JSON, kept in `text`. `type` is kept as it is. Returns false
 * when out of memory. */
bool batch_add(struct batch *batch, const char *type, const ets_value *values);
ets_value *batch_row(struct batch *batch, size_t row);
void batch_free(struct batch *batch);

#endif
