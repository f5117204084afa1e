/* UTF-8, whatever the locale. */
#ifndef COMMON_UTF8_H
#define COMMON_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* What stands for bytes that cannot be shown: U+FFFD. */
#define UTF8_REPLACEMENT "\xEF\xBF\xBD"

/* Decodes the character at `at`, before `end`. Returns its length, 0 when it is no UTF-8. */
size_t utf8_decode(uint32_t *character, const char *at, const char *end);

#endif
