#include "service/utf16.h"

#include <string.h>

bool utf16_is(const char *bytes, size_t size) {
  static const char *const begins[] = {"\xFE\xFF", "\xFF\xFE"};
  return size >= 4 && (memcmp(bytes, begins[0], 2) == 0 || memcmp(bytes, begins[1], 2) == 0 ||
                       (bytes[0] == '<' && !bytes[1]) || (!bytes[0] && bytes[1] == '<'));
}

static uint32_t unit(const unsigned char *at, bool little) {
  return little ? at[0] | (uint32_t)at[1] << 8 : at[1] | (uint32_t)at[0] << 8;
}

static void add(struct buffer *out, uint32_t code) {
  char bytes[4];
  size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = size; i-- > 1; code >>= 6)
    bytes[i] = (char)(0x80 | (code & 0x3F));
  bytes[0] = (char)(marks[size] | code);
  buffer_add(out, bytes, size);
}

bool utf16_to_utf8(struct buffer *out, const char *bytes, size_t size) {
  const unsigned char *at = (const unsigned char *)bytes;
  const unsigned char *end = at + size;
  bool little = at[0] == 0xFF || !at[1];
  if (size % 2 || !buffer_reserve(out, size))
    return false;
  if (unit(at, little) == 0xFEFF)
    at += 2;
  while (at < end) {
    uint32_t code = unit(at, little);
    at += 2;
    if (code >= 0xD800 && code < 0xDC00) {
      uint32_t low = at < end ? unit(at, little) : 0;
      if (low < 0xDC00 || low > 0xDFFF)
        return false;
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    } else if (code >= 0xDC00 && code < 0xE000) {
      return false;
    }
    add(out, code);
  }
  return !out->failed;
}
