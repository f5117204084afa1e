/* Columns of data extensions: what a value may be, and how it is kept. */
#ifndef ETSIM_OPERATIONS_COLUMNS_H
#define ETSIM_OPERATIONS_COLUMNS_H

#include "ground/names.h"
#include "ground/node.h"

enum { COLUMN_VALUE_LIMIT = 4000, COLUMN_TEXT_SIZE = 4 * COLUMN_VALUE_LIMIT + 1 }; /* bytes */

bool column_is_key(const struct node *column);
bool column_is_required(const struct node *column);

/* Puts the Fields of a data extension by their names. @return false: out of memory */
bool columns_name(struct names *names, const struct node *fields);

/* Checks a value against its column and writes it as the service keeps it.
 * @return NULL, or what is wrong */
const char *column_convert(const struct node *column, const char *value,
                           char text[COLUMN_TEXT_SIZE]);

/* What is wrong with a value for a column; NULL: nothing. */
const char *column_complaint(const struct node *column, const char *value);

#endif
