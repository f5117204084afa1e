/* Bytes that grow. A failed allocation sticks, so a writer checks once, at the end. */
#ifndef COMMON_BUFFER_H
#define COMMON_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begin with {0}. */
struct buffer {
  char *data; /* NUL-terminated behind `size` bytes when not NULL */
  size_t size;
  size_t capacity;
  bool failed; /* out of memory: from then on nothing is added */
};

void buffer_free(struct buffer *buffer);

/* Empty again, with the memory that it has. */
void buffer_reset(struct buffer *buffer);

/* Room for `size` more bytes and a NUL; false when there is no memory for them. */
bool buffer_reserve(struct buffer *buffer, size_t size);

void buffer_add(struct buffer *buffer, const void *bytes, size_t size);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_integer(struct buffer *buffer, int64_t number);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Takes the blanks off its end, as nothing pads the end of a line. */
void buffer_trim(struct buffer *buffer);

/* What is in it as text, "" for nothing. Until the next change. */
const char *buffer_text(const struct buffer *buffer);

static inline void buffer_add_char(struct buffer *buffer, char byte) {
  if (buffer->capacity - buffer->size < 2 && !buffer_reserve(buffer, 1))
    return;
  buffer->data[buffer->size++] = byte;
  buffer->data[buffer->size] = '\0';
}

#endif
