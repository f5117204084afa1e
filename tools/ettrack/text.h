/* UTF-8 as a terminal shows it, independent of the locale. */
#ifndef ETTRACK_TEXT_H
#define ETTRACK_TEXT_H

#include <stdint.h>
#include <stddef.h>

/* Decodes the character at `at`, before `end`. Returns its length, 0 when it is no UTF-8. */
size_t text_decode(uint32_t *character, const char *at, const char *end);

/* Columns that a character takes: 0, 1 or 2. */
int text_character_width(uint32_t character);

/* Columns that n bytes take; a byte that is not UTF-8 counts as one. */
size_t text_width(const char *text, size_t n);

/* How many of the n bytes fit into so many columns, whole characters only. */
size_t text_fit(const char *text, size_t n, size_t columns);

#endif
