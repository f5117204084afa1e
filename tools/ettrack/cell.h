/* A value as people see it in a table or a sheet. */
#ifndef ETTRACK_CELL_H
#define ETTRACK_CELL_H

#include "sink.h"

#include <etsoap/object.h>

/* Appends the value's text to a memory sink: absent is nothing, nil `-`, empty `""`; control
 * characters, which could drive the terminal, as backslash escapes. Returns the columns that it
 * takes. */
size_t cell_append(struct sink *sink, const ets_value *value, struct sink *scratch);

/* Writes n bytes in so many columns: padded on the right, or on the left when `right`; with
 * `cut`, what does not fit is cut and ends in an ellipsis. */
void cell_write(struct sink *sink, const char *bytes, size_t n, size_t columns, bool right,
                bool cut);

#endif
