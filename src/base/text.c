#include "base/text.h"

#include <string.h>

bool ets_text_is(const char *text, size_t n, const char *word) {
  for (size_t i = 0; i < n; i++)
    if (ets_text_lower(text[i]) != ets_text_lower(word[i]) || !word[i])
      return false;
  return word[n] == '\0';
}

/* --- UTF-8 ----------------------------------------------------------------------------------- */

size_t ets_text_character(const char *text) {
  const unsigned char *at = (const unsigned char *)text;
  if (*at < 0x80)
    return *at >= 0x20 || *at == '\t' || *at == '\n' || *at == '\r' ? 1 : 0;
  size_t length = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : 2;
  unsigned long code = *at & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; i++) {
    if ((at[i] & 0xC0) != 0x80)
      return 0;
    code = code << 6 | (at[i] & 0x3FU);
  }
  static const unsigned long least[] = {0x80, 0x800, 0x10000};
  bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  bool valid = *at >= 0xC2 && *at <= 0xF4 && code >= least[length - 2] && code <= 0x10FFFF &&
               !surrogate && code != 0xFFFE && code != 0xFFFF;
  return valid ? length : 0;
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

size_t ets_text_utf8(char *target, unsigned long code) {
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
