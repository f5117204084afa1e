#include "common/utf8.h"

#include <string.h>

size_t utf8_decode(uint32_t *character, const char *at, const char *end) {
  static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  unsigned char first = (unsigned char)*at;
  size_t n = first < 0x80   ? 1
             : first < 0xC2 ? 0
             : first < 0xE0 ? 2
             : first < 0xF0 ? 3
             : first < 0xF5 ? 4
                            : 0;
  if (n == 0 || (size_t)(end - at) < n)
    return 0;
  uint32_t value = n == 1 ? first : first & (0xFFu >> (n + 1));
  for (size_t i = 1; i < n; i++) {
    if (((unsigned char)at[i] & 0xC0) != 0x80)
      return 0;
    value = value << 6 | ((unsigned char)at[i] & 0x3F);
  }
  if (value < smallest[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    return 0;
  *character = value;
  return n;
}

bool utf8_fits_xml(const char *text) {
  const char *end = text + strlen(text);
  uint32_t character;
  for (size_t n; text < end; text += n) {
    n = utf8_decode(&character, text, end);
    if (n == 0 || character == 0xFFFE || character == 0xFFFF)
      return false;
    if (character < 0x20 && character != '\t' && character != '\n' && character != '\r')
      return false;
  }
  return true;
}
