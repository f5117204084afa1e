/* The formats of the output, by name. */
#ifndef ETTRACK_OUTPUT_FORMATS_H
#define ETTRACK_OUTPUT_FORMATS_H

#include "ettrack/output/writer.h"

#include <stddef.h>

/* The writer of a format, "csv"; NULL: there is none of that name. */
const struct writer *format_find(const char *name);

/* What is used unless another is asked for. */
const struct writer *format_default(void);

/* The name of the index-th one, NULL behind the last. */
const char *format_name(size_t index);

/* "table, csv, ... or xml" */
const char *format_names(char *buffer, size_t size);

#endif
