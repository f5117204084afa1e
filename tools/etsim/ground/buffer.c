#include "ground/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_free(struct buffer *buffer) {
  free(buffer->data);
  *buffer = (struct buffer){0};
}

void buffer_reset(struct buffer *buffer) {
  buffer->size = 0;
  buffer->failed = false;
  if (buffer->data)
    buffer->data[0] = 0;
}

bool buffer_reserve(struct buffer *buffer, size_t size) {
  if (buffer->failed)
    return false;
  if (buffer->capacity - buffer->size > size)
    return true;
  size_t wanted = buffer->capacity ? buffer->capacity : 1024;
  while (wanted - buffer->size <= size) {
    if (wanted > SIZE_MAX / 2) {
      buffer->failed = true;
      return false;
    }
    wanted *= 2;
  }
  char *data = realloc(buffer->data, wanted);
  if (!data) {
    buffer->failed = true;
    return false;
  }
  buffer->data = data;
  buffer->capacity = wanted;
  return true;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t size) {
  if (!buffer_reserve(buffer, size))
    return;
  if (size)
    memcpy(buffer->data + buffer->size, bytes, size);
  buffer->size += size;
  buffer->data[buffer->size] = 0;
}

void buffer_add_text(struct buffer *buffer, const char *text) {
  buffer_add(buffer, text, strlen(text));
}

void buffer_add_integer(struct buffer *buffer, int64_t number) {
  char digits[24];
  size_t i = sizeof digits;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  do {
    digits[--i] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest);
  if (number < 0)
    digits[--i] = '-';
  buffer_add(buffer, digits + i, sizeof digits - i);
}

#define REPLACEMENT "\xEF\xBF\xBD"

static const char *escape_of(unsigned char c) {
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\r':
    return "&#13;";
  case '\t':
  case '\n':
    return NULL;
  default:
    return c < 0x20 ? REPLACEMENT : NULL;
  }
}

/* Bytes of the UTF-8 sequence at the beginning, 0 when it is none that XML can carry. */
static size_t utf8_size(const unsigned char *text, size_t size) {
  size_t length = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
  if (text[0] < 0xC2 || text[0] > 0xF4 || size < length)
    return 0;
  uint32_t code = text[0] & (0x7Fu >> length);
  for (size_t i = 1; i < length; i++) {
    if ((text[i] & 0xC0) != 0x80)
      return 0;
    code = code << 6 | (text[i] & 0x3F);
  }
  bool short_enough = length == 2 || (length == 3 ? code >= 0x800 : code >= 0x10000);
  bool allowed =
      (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF && code <= 0x10FFFF;
  return short_enough && allowed ? length : 0;
}

void buffer_add_escaped(struct buffer *buffer, const char *text, size_t size) {
  size_t start = 0;
  for (size_t i = 0; i < size; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c > '>' && c < 0x80)
      continue;
    const char *escape;
    if (c < 0x80) {
      escape = escape_of(c);
    } else {
      size_t length = utf8_size((const unsigned char *)text + i, size - i);
      escape = length ? NULL : REPLACEMENT;
      i += length ? length - 1 : 0;
    }
    if (!escape)
      continue;
    buffer_add(buffer, text + start, i - start);
    buffer_add_text(buffer, escape);
    start = i + 1;
  }
  buffer_add(buffer, text + start, size - start);
}

void buffer_add_json(struct buffer *buffer, const char *text) {
  buffer_add(buffer, "\"", 1);
  for (size_t i = 0, size = strlen(text); i < size;) {
    unsigned char c = (unsigned char)text[i];
    size_t length = c < 0x80 ? 1 : utf8_size((const unsigned char *)text + i, size - i);
    if (c == '"' || c == '\\')
      buffer_printf(buffer, "\\%c", c);
    else if (c < 0x20)
      buffer_printf(buffer, "\\u%04x", c);
    else if (length)
      buffer_add(buffer, text + i, length);
    else
      buffer_add_text(buffer, REPLACEMENT);
    i += length ? length : 1;
  }
  buffer_add(buffer, "\"", 1);
}

void buffer_printf(struct buffer *buffer, const char *format, ...) {
  va_list list;
  va_start(list, format);
  va_list again;
  va_copy(again, list);
  int size = vsnprintf(NULL, 0, format, list);
  if (size < 0)
    buffer->failed = true;
  else if (buffer_reserve(buffer, (size_t)size)) {
    (void)vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
    buffer->size += (size_t)size;
  }
  va_end(again);
  va_end(list);
}
