/* UTF-8, whatever the locale. */
#ifndef COMMON_UTF8_H
#define COMMON_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What stands for bytes that cannot be shown: U+FFFD. */
#define UTF8_REPLACEMENT "\xEF\xBF\xBD"

/* Decodes the character at `at`, before `end`. Returns its length, 0 when it is no UTF-8. */
size_t utf8_decode(uint32_t *character, const char *at, const char *end);

/* Whether XML can carry the text: UTF-8 without control characters but tab and line ends. */
bool utf8_fits_xml(const char *text);

#endif
