/* Which properties are asked for and shown. */
#ifndef ETTRACK_CLI_COLUMNS_H
#define ETTRACK_CLI_COLUMNS_H

#include "ettrack/cli/options.h"

struct columns {
  const char **items; /* the names are borrowed */
  size_t count;
};

/* Adds a name unless it is there. False when out of memory. */
bool columns_add(struct columns *columns, const char *name);
/* Adds a NULL-terminated list. */
bool columns_add_all(struct columns *columns, const char *const *names);
bool columns_have(const struct columns *columns, const char *name);
/* What --properties says; otherwise `table` for a table, and `all` for every other format. */
bool columns_choose(struct columns *columns, const struct options *options, const char *const *all,
                    const char *const *table);
void columns_free(struct columns *columns);

#endif
