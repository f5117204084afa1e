/* Characters in the encodings that answers come in. */
#ifndef ETS_CHARACTERS_H
#define ETS_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>

/* What was wrong, for messages. */
extern const char ets_not_utf8[];
extern const char ets_a_nul[];

/* How many of n bytes are whole characters of UTF-8 without NUL. *wrong says what stands behind
 * them, and stays as it is when that may be the beginning of a character. */
size_t ets_utf8_check(const char *bytes, size_t n, const char **wrong);

/* Bytes under way from one encoding to UTF-8. Goes on until `from` is used up but for the beginning
 * of a character, `to` is full, or something is wrong. */
struct ets_conversion {
  const char *from;
  size_t left;
  char *to;
  size_t room;
  const char *wrong;
};

void ets_from_ascii(struct ets_conversion *conversion);
void ets_from_latin1(struct ets_conversion *conversion);
void ets_from_utf16(struct ets_conversion *conversion, bool big_endian);

#endif
