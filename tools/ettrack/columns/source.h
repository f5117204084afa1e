/* Where the values of a column come from. */
#ifndef ETTRACK_COLUMNS_SOURCE_H
#define ETTRACK_COLUMNS_SOURCE_H

#include "ettrack/columns/rates.h"

/* A property by its path, or a rate by its parts. */
struct source {
  const char *name;
  ets_path path;
  bool is_item; /* the path names an item of an array */
  bool is_rate; /* of objects that have rates */
  ets_rate rate;
  char text[RATE_TEXT]; /* of the rate */
  char *json;           /* of the array that the property is */
  size_t json_size;
};

/* One for each column; NULL when out of memory. */
struct source *sources_of(const struct columns *columns);

/* Frees so many. NULL is allowed. */
void sources_free(struct source *sources, size_t count);

/* The value in an object, of an array all of it as JSON; until the next of the source, and as long
 * as the object. */
ets_value source_value(struct source *source, ets_object object);

#endif
