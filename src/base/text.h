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

/* Length of a text without blanks and line ends around it; *text moves behind those in front. */
size_t ets_text_trim(const char **text);

/* Bytes of `text` that fit into `limit` without cutting a character of UTF-8 apart. */
size_t ets_text_cut(const char *text, size_t n, size_t limit);

/* A name from outside for an error: `...` in place of one that would have to be cut, since nothing
 * finds a secret in a part of it. */
const char *ets_text_name(const char *name);

/* Length of the character of UTF-8, not an ASCII one, that n bytes begin with; 0: none, n + 1: it
 * may be one when more comes. */
static inline size_t ets_text_sequence(const char *text, size_t n) {
  const unsigned char *at = (const unsigned char *)text;
  unsigned char lead = at[0], low = 0x80, high = 0xBF;
  size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4)
    return 0;
  if (lead == 0xE0)
    low = 0xA0; /* shorter forms */
  else if (lead == 0xED)
    high = 0x9F; /* surrogates */
  else if (lead == 0xF0)
    low = 0x90;
  else if (lead == 0xF4)
    high = 0x8F; /* behind the last character */
  for (size_t i = 1; i < length; i++) {
    if (i == n)
      return n + 1;
    if (at[i] < low || at[i] > high)
      return 0;
    low = 0x80;
    high = 0xBF;
  }
  return length;
}

/* Writes a character as UTF-8, of four bytes at most; returns how many. */
static inline size_t ets_text_utf8(char *target, unsigned long code) {
  if (code < 0x80) {
    *target = (char)code;
    return 1;
  }
  size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (size_t i = size - 1; i > 0; i--, code >>= 6)
    target[i] = (char)(0x80 | (code & 0x3F));
  *target = (char)((0xF00 >> size & 0xF0) | (code & 0xFF));
  return size;
}

#endif
