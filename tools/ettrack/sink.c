#include "sink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_BUFFER = 256 * 1024, FIRST_MEMORY = 4096 };

bool sink_open(struct sink *sink, int file) {
  *sink = (struct sink){.file = file, .size = file < 0 ? FIRST_MEMORY : FILE_BUFFER};
  sink->bytes = malloc(sink->size);
  if (!sink->bytes) {
    sink->size = 0;
    sink->error = ENOMEM;
  }
  return sink->bytes != NULL;
}

bool sink_flush(struct sink *sink) {
  size_t done = 0;
  while (sink->file >= 0 && done < sink->used && !sink->error) {
    ssize_t n = write(sink->file, sink->bytes + done, sink->used - done);
    if (n >= 0)
      done += (size_t)n;
    else if (errno != EINTR)
      sink->error = errno;
  }
  if (sink->file >= 0)
    sink->used = 0;
  return !sink->error;
}

static bool grow(struct sink *sink, size_t n) {
  size_t size = sink->size ? sink->size : FIRST_MEMORY;
  while (size - sink->used < n)
    size *= 2;
  char *bytes = realloc(sink->bytes, size);
  if (!bytes) {
    sink->error = ENOMEM;
    return false;
  }
  sink->bytes = bytes;
  sink->size = size;
  return true;
}

bool sink_reserve(struct sink *sink, size_t n) {
  if (sink->error)
    return false;
  if (sink->size - sink->used >= n)
    return true;
  if (sink->file >= 0 && !sink_flush(sink))
    return false;
  return sink->size - sink->used >= n || grow(sink, n);
}

void sink_write(struct sink *sink, const char *bytes, size_t n) {
  if (n == 0 || !sink_reserve(sink, n))
    return;
  memcpy(sink->bytes + sink->used, bytes, n);
  sink->used += n;
}

void sink_text(struct sink *sink, const char *text) {
  sink_write(sink, text, strlen(text));
}

void sink_repeat(struct sink *sink, char byte, size_t n) {
  while (n-- > 0)
    sink_char(sink, byte);
}

void sink_base64(struct sink *sink, const void *bytes, size_t n) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const unsigned char *at = bytes;
  for (; n > 0; at += 3) {
    size_t group = n < 3 ? n : 3;
    unsigned value = (unsigned)at[0] << 16;
    if (group > 1)
      value |= (unsigned)at[1] << 8;
    if (group > 2)
      value |= at[2];
    sink_char(sink, digits[value >> 18]);
    sink_char(sink, digits[value >> 12 & 63]);
    sink_char(sink, group > 1 ? digits[value >> 6 & 63] : '=');
    sink_char(sink, group > 2 ? digits[value & 63] : '=');
    n -= group;
  }
}

void sink_free(struct sink *sink) {
  free(sink->bytes);
  sink->bytes = NULL;
  sink->used = sink->size = 0;
}
