#include "common/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 1024 };

void buffer_free(struct buffer *buffer) {
  free(buffer->data);
  *buffer = (struct buffer){0};
}

void buffer_reset(struct buffer *buffer) {
  buffer->size = 0;
  buffer->failed = false;
  if (buffer->data)
    buffer->data[0] = '\0';
}

bool buffer_reserve(struct buffer *buffer, size_t size) {
  if (buffer->failed)
    return false;
  if (buffer->capacity - buffer->size > size)
    return true;
  size_t wanted = buffer->capacity ? buffer->capacity : FIRST_CAPACITY;
  while (wanted - buffer->size <= size && wanted <= SIZE_MAX / 2)
    wanted *= 2;
  char *data = wanted - buffer->size > size ? realloc(buffer->data, wanted) : NULL;
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
  buffer->data[buffer->size] = '\0';
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

void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int size = vsnprintf(NULL, 0, format, arguments);
  if (size < 0)
    buffer->failed = true;
  else if (buffer_reserve(buffer, (size_t)size)) {
    (void)vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
    buffer->size += (size_t)size;
  }
  va_end(again);
}

void buffer_printf(struct buffer *buffer, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  buffer_vprintf(buffer, format, arguments);
  va_end(arguments);
}

void buffer_trim(struct buffer *buffer) {
  if (buffer->size == 0)
    return;
  while (buffer->size > 0 && buffer->data[buffer->size - 1] == ' ')
    buffer->size--;
  buffer->data[buffer->size] = '\0';
}

const char *buffer_text(const struct buffer *buffer) {
  return buffer->data ? buffer->data : "";
}
