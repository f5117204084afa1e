#include "base/text.h"

#include <string.h>

bool ets_text_is(const char *text, size_t n, const char *word) {
  for (size_t i = 0; i < n; i++)
    if (ets_text_lower(text[i]) != ets_text_lower(word[i]) || !word[i])
      return false;
  return word[n] == '\0';
}

size_t ets_text_trim(const char **text) {
  static const char blanks[] = " \t\n\v\f\r";
  *text += strspn(*text, blanks);
  size_t n = strlen(*text);
  while (n > 0 && strchr(blanks, (*text)[n - 1]))
    n--;
  return n;
}

/* --- UTF-8 ----------------------------------------------------------------------------------- */

size_t ets_text_character(const char *text) {
  const unsigned char *at = (const unsigned char *)text;
  if (*at < 0x80)
    return *at >= 0x20 || *at == '\t' || *at == '\n' || *at == '\r' ? 1 : 0;
  size_t length = ets_text_sequence(text, 4); /* which a NUL ends */
  bool noncharacter = length == 3 && at[0] == 0xEF && at[1] == 0xBF && at[2] >= 0xBE;
  return noncharacter ? 0 : length;
}

size_t ets_text_valid(const char *text) {
  size_t length = 0;
  for (size_t step; text[length]; length += step)
    if ((step = ets_text_character(text + length)) == 0)
      break;
  return length;
}

size_t ets_text_cut(const char *text, size_t n, size_t limit) {
  if (n <= limit)
    return n;
  while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80)
    limit--;
  return limit;
}

const char *ets_text_name(const char *name) {
  enum { LONGEST = 80 };
  return strlen(name) <= LONGEST ? name : "...";
}
