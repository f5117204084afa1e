/* Where the values of a column come from. */
#ifndef ETTRACK_COLUMNS_SOURCE_H
#define ETTRACK_COLUMNS_SOURCE_H

#include "ettrack/columns/rates.h"

/* A property by its path, or a rate by its parts. */
struct source {
  ets_path path;
  const struct rate *rate; /* NULL: none */
  char text[RATE_TEXT];    /* of the rate */
};

/* One for each column, to be freed; NULL when out of memory. */
struct source *sources_of(const struct columns *columns);

/* The value in an object; lives as long as both. */
ets_value source_value(struct source *source, ets_object object);

#endif
