/* Buffered bytes on their way to a file descriptor, or kept in memory. */
#ifndef ETS_OUT_H
#define ETS_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ets_out {
  int file;  /* -1: memory, which grows */
  int error; /* errno of the first failure; from then on nothing is written */
  char *bytes;
  size_t used;
  size_t size;
};

/* file -1: memory. Returns false with `error` set when out of memory. */
bool ets_out_open(struct ets_out *out, int file);
void ets_out_write(struct ets_out *out, const char *bytes, size_t n);
void ets_out_text(struct ets_out *out, const char *text);
void ets_out_base64(struct ets_out *out, const void *bytes, size_t n);
/* Hands everything to the file. Returns whether all of it got there so far. */
bool ets_out_flush(struct ets_out *out);
/* Makes room for n more bytes; false when that failed. */
bool ets_out_reserve(struct ets_out *out, size_t n);
/* Frees the buffer; does not flush, does not close the file. */
void ets_out_free(struct ets_out *out);

static inline void ets_out_char(struct ets_out *out, char byte) {
  if (out->used < out->size || ets_out_reserve(out, 1))
    out->bytes[out->used++] = byte;
}

#endif
