/* Kinds of objects that only the store has, or that recordings have more properties of. */
#ifndef ETSIM_KINDS_BUILD_H
#define ETSIM_KINDS_BUILD_H

#include "kinds/kind.h"
#include "store/store.h"

/* Properties by the table of retrievable ones, or by `computed`, and those of recordings. NULL when
 * out of memory. */
struct kind *kind_build(const struct table *table, const struct kind *computed);

/* The rows of a data extension: properties are its columns. NULL: no such data extension. Takes
 * the lock of the store. */
const struct kind *kind_of_rows(struct world *world, const char *name);

/* Name of the table that holds the rows of the data extension with this key or name. Wants the
 * lock. @return its definition, or NULL */
struct record *data_extension_find(const struct store *store, const char *key);
void data_extension_table(char *name, size_t size, const char *key);

#endif
