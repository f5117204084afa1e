/* Which properties are asked for and shown. */
#ifndef ETTRACK_COLUMNS_COLUMNS_H
#define ETTRACK_COLUMNS_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

/* A column of a table: the lower its rank, the later it is left out for want of room. Those up to
 * COLUMN_ALWAYS never are, such as what the user asked for by name; those from COLUMN_WHEN_WIDE on
 * are shown only where there is room to spare. */
struct shown {
  const char *name; /* NULL ends a list */
  int rank;
};

enum { COLUMN_ALWAYS = 0, COLUMN_WHEN_WIDE = 100 };

struct columns {
  const char **items; /* the names are borrowed */
  int *ranks;
  size_t count;
};

/* Adds a name unless it is there. False when out of memory. */
bool columns_add(struct columns *columns, const char *name, int rank);
/* Adds a NULL-terminated list, ranked in its order. */
bool columns_add_all(struct columns *columns, const char *const *names);
bool columns_add_shown(struct columns *columns, const struct shown *shown);
/* Whether a NULL-terminated list has a name. */
bool columns_among(const char *const *names, const char *name);
/* Where a column is. False when it is not there. */
bool columns_find(const struct columns *columns, const char *name, size_t *index);
void columns_free(struct columns *columns);

#endif
