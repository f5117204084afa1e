#include "wire/base64.h"

#include <stdint.h>
#include <string.h>

static int digit(char c) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *found = c ? strchr(digits, c) : NULL;
  return found ? (int)(found - digits) : -1;
}

bool ets_base64_read(const char *text, size_t n, unsigned char *bytes, size_t *size) {
  uint32_t group = 0;
  size_t digits = 0, padding = 0, used = 0;
  for (size_t i = 0; i < n; i++) {
    if (text[i] == ' ' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t')
      continue;
    if (text[i] == '=') {
      padding++;
      continue;
    }
    int value = digit(text[i]);
    if (value < 0 || padding)
      return false;
    group = group << 6 | (uint32_t)value;
    if (++digits % 4 != 0)
      continue;
    bytes[used++] = (unsigned char)(group >> 16);
    bytes[used++] = (unsigned char)(group >> 8);
    bytes[used++] = (unsigned char)group;
  }
  size_t rest = digits % 4;
  if (rest == 1 || padding > 2 || (digits + padding) % 4 != 0)
    return false;
  if (rest == 2)
    bytes[used++] = (unsigned char)(group >> 4);
  if (rest == 3) {
    bytes[used++] = (unsigned char)(group >> 10);
    bytes[used++] = (unsigned char)(group >> 2);
  }
  *size = used;
  return true;
}
