/* Buffered bytes on their way to a file descriptor, or kept in memory. */
#ifndef ETTRACK_SINK_H
#define ETTRACK_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sink {
  int file;  /* -1: memory, which grows */
  int error; /* errno of the first failure; from then on nothing is written */
  char *bytes;
  size_t used;
  size_t size;
};

/* file -1: memory. Returns false with `error` set when out of memory. */
bool sink_open(struct sink *sink, int file);
void sink_write(struct sink *sink, const char *bytes, size_t n);
void sink_text(struct sink *sink, const char *text);
void sink_repeat(struct sink *sink, char byte, size_t n);
void sink_base64(struct sink *sink, const void *bytes, size_t n);
/* Hands everything to the file. Returns whether all of it got there so far. */
bool sink_flush(struct sink *sink);
/* Makes room for n more bytes; false when that failed. */
bool sink_reserve(struct sink *sink, size_t n);
/* Frees the buffer; does not flush, does not close the file. */
void sink_free(struct sink *sink);

static inline void sink_char(struct sink *sink, char byte) {
  if (sink->used < sink->size || sink_reserve(sink, 1))
    sink->bytes[sink->used++] = byte;
}

#endif
