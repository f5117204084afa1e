/* Small questions about text that do not depend on the locale. Private to the library. */
#ifndef ETS_TEXT_H
#define ETS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* An ASCII letter in lower case; anything else as it is. */
static inline char ets_text_lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Whether `text` of length n is `word`, the case of ASCII letters aside. */
bool ets_text_is(const char *text, size_t n, const char *word);

/* Length of the UTF-8 character that text goes on with; 0 when XML cannot carry it. */
size_t ets_text_character(const char *at);

/* Length of the leading part of `text` that XML can carry: valid UTF-8, no control characters
 * but tab and line ends. It is strlen(text) when all of it is right. */
size_t ets_text_valid(const char *text);

/* Bytes of `text` that fit into `limit` without cutting a character of UTF-8 apart. */
size_t ets_text_cut(const char *text, size_t n, size_t limit);

/* A name from outside for an error: `...` in place of one that would have to be cut, since nothing
 * finds a secret in a part of it. */
const char *ets_text_name(const char *name);

/* Writes a character as UTF-8, of four bytes at most; returns how many. */
size_t ets_text_utf8(char *target, unsigned long code);

#endif
