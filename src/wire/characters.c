#include "wire/characters.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

const char ets_not_utf8[] = "bytes that are not UTF-8";
const char ets_a_nul[] = "a NUL";

/* Length of a run of ASCII without NUL, eight bytes at a time. */
static size_t plain_run(const char *bytes, size_t n) {
  const uint64_t high = 0x8080808080808080u, ones = 0x0101010101010101u;
  size_t at = 0;
  uint64_t word, words[4];
  for (; at + sizeof words <= n; at += sizeof words) {
    memcpy(words, bytes + at, sizeof words);
    uint64_t odd = 0;
    for (size_t i = 0; i < 4; i++)
      odd |= words[i] | (words[i] - ones);
    if (odd & high)
      break;
  }
  for (; at + sizeof word <= n; at += sizeof word) {
    memcpy(&word, bytes + at, sizeof word);
    if ((word | (word - ones)) & high)
      break;
  }
  while (at < n && bytes[at] > 0)
    at++;
  return at;
}

size_t ets_utf8_check(const char *bytes, size_t n, const char **wrong) {
  size_t at = 0;
  for (;;) {
    at += plain_run(bytes + at, n - at);
    if (at == n)
      return n;
    if (bytes[at] == '\0') {
      *wrong = ets_a_nul;
      return at;
    }
    size_t length = ets_text_sequence(bytes + at, n - at);
    if (length > n - at)
      return at;
    if (length == 0) {
      *wrong = ets_not_utf8;
      return at;
    }
    at += length;
  }
}

/* --- conversion ------------------------------------------------------------------------------ */

/* False when there is no room for it. */
static bool put(struct ets_conversion *conversion, uint32_t character) {
  char bytes[4];
  size_t n = ets_text_utf8(bytes, character);
  if (conversion->room < n)
    return false;
  memcpy(conversion->to, bytes, n);
  conversion->to += n;
  conversion->room -= n;
  return true;
}

static void from_bytes(struct ets_conversion *conversion, unsigned char last, const char *wrong) {
  while (conversion->left) {
    unsigned char byte = (unsigned char)*conversion->from;
    if (byte == 0 || byte > last) {
      conversion->wrong = byte ? wrong : ets_a_nul;
      return;
    }
    if (!put(conversion, byte))
      return;
    conversion->from++;
    conversion->left--;
  }
}

void ets_from_ascii(struct ets_conversion *conversion) {
  from_bytes(conversion, 0x7F, "bytes that are not US-ASCII");
}

void ets_from_latin1(struct ets_conversion *conversion) {
  from_bytes(conversion, 0xFF, NULL);
}

static uint32_t unit(const char *bytes, bool big_endian) {
  unsigned char first = (unsigned char)bytes[0], second = (unsigned char)bytes[1];
  return big_endian ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

void ets_from_utf16(struct ets_conversion *conversion, bool big_endian) {
  while (conversion->left >= 2) {
    uint32_t character = unit(conversion->from, big_endian);
    size_t used = 2;
    if (character >= 0xD800 && character <= 0xDBFF) {
      if (conversion->left < 4)
        return;
      uint32_t low = unit(conversion->from + 2, big_endian);
      character = low >= 0xDC00 && low <= 0xDFFF
                      ? 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00)
                      : 0xDC00;
      used = 4;
    }
    if (character == 0 || (character >= 0xDC00 && character <= 0xDFFF)) {
      conversion->wrong = character ? "bytes that are not UTF-16" : ets_a_nul;
      return;
    }
    if (!put(conversion, character))
      return;
    conversion->from += used;
    conversion->left -= used;
  }
}
