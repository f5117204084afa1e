/* A row that does not fit the terminal: a column a line. */
#ifndef ETTRACK_OUTPUT_RECORD_H
#define ETTRACK_OUTPUT_RECORD_H

#include "ettrack/output/output.h"

/* Writes the columns but those for wide terminals; what was not asked for by name, only where the
 * row has it. Text goes on in the next line, all else is whole. `cell` is room for one value. */
void record_write(struct output *output, const ets_value *values, struct buffer *cell);

#endif
