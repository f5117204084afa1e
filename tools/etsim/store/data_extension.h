/* Data extensions: the definition is one object, its rows are a table of their own. */
#ifndef ETSIM_STORE_DATA_EXTENSION_H
#define ETSIM_STORE_DATA_EXTENSION_H

#include "store/store.h"

/* What a table of rows, and their object type, is called: DATA_EXTENSION_ROWS "Key]". */
#define DATA_EXTENSION_ROWS "DataExtensionObject["

/* The template that every account has for its send log. */
#define SEND_LOG_TEMPLATE "c3af0d64-1867-de11-8767-001e0bcf2c98"

enum { DATA_EXTENSION_NAME_SIZE = 320 };

/* The definition of the data extension with this key or name, or NULL. Wants the lock. */
struct record *data_extension_find(const struct store *store, const char *key);

/* The one made from the send log's template, or the one called SendLog; NULL. Wants the lock. */
const struct record *send_log_find(const struct store *store);

/* Name of the table that holds the rows of the one with this key. */
void data_extension_table(char *name, size_t size, const char *key);

/* Rows of the one with this key get another, which no data extension has. Wants the lock.
 * @return false: out of memory */
bool data_extension_rename(struct store *store, const char *key, const char *new_key);

#endif
