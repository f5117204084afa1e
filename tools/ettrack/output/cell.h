/* A value as people see it in a table or a sheet. */
#ifndef ETTRACK_OUTPUT_CELL_H
#define ETTRACK_OUTPUT_CELL_H

#include "common/buffer.h"

#include <etsoap/object.h>

/* Appends the value's text: absent is nothing, nil `-`, empty `""`; control characters, which could
 * drive the terminal, as backslash escapes. Returns the columns that it takes. */
size_t cell_append(struct buffer *cell, const ets_value *value, struct buffer *scratch);

/* Writes n bytes in so many columns: padded on the right, or on the left when `right`; with
 * `cut`, what does not fit is cut and ends in an ellipsis. */
void cell_write(struct buffer *out, const char *bytes, size_t n, size_t columns, bool right,
                bool cut);

/* Writes what does not fit into so many columns, 3 or more, as its beginning and its end, with an
 * ellipsis between them. */
void cell_write_ends(struct buffer *out, const char *bytes, size_t n, size_t columns);

/* What is wider than `room` goes on below, behind so many blanks, broken at a blank where there is
 * one. Room 0: all of it in one line. */
void cell_write_lines(struct buffer *out, const char *text, size_t n, size_t room, size_t indent);

/* So many blanks, or other bytes. */
void cell_repeat(struct buffer *out, char byte, size_t n);

#endif
