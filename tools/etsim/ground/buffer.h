/* A growing byte buffer: what answers are written into. A failed allocation sticks, so a writer
 * checks once at the end. */
#ifndef ETSIM_GROUND_BUFFER_H
#define ETSIM_GROUND_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
  char *data; /* NUL-terminated when not NULL */
  size_t size;
  size_t capacity;
  bool failed;
};

void buffer_free(struct buffer *buffer);
void buffer_reset(struct buffer *buffer);

/* Room for `size` more bytes and a NUL. */
bool buffer_reserve(struct buffer *buffer, size_t size);

void buffer_add(struct buffer *buffer, const void *bytes, size_t size);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_integer(struct buffer *buffer, int64_t number);

/* Text for XML content or an attribute in double quotes. A carriage return becomes a character
 * reference, so that a parser gives it back; characters XML cannot carry become U+FFFD. */
void buffer_add_escaped(struct buffer *buffer, const char *text, size_t size);

/* A JSON string with its quotes. */
void buffer_add_json(struct buffer *buffer, const char *text);

void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
