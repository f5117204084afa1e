/* UTF-8 as a terminal shows it, independent of the locale. */
#ifndef ETTRACK_OUTPUT_WIDTH_H
#define ETTRACK_OUTPUT_WIDTH_H

#include <stddef.h>

/* Columns that n bytes take; a byte that is not UTF-8 counts as one. */
size_t width_of(const char *text, size_t n);

/* How many of the n bytes fit into so many columns, whole characters only. */
size_t width_fit(const char *text, size_t n, size_t columns);

/* Bytes of the first character, or of what is no UTF-8; n is 1 or more. */
size_t width_step(const char *text, size_t n);

#endif
