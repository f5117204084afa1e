/* Buffered bytes on their way to a file descriptor or a function, or kept in memory. */
#ifndef ETS_OUT_H
#define ETS_OUT_H

#include <etsoap/rows.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ets_out {
  int file;              /* -1: none */
  ets_rows_taker *taker; /* instead of a file; without either: memory, which grows */
  void *context;         /* the taker's */
  int error;             /* errno of the first failure; from then on nothing is written */
  char *bytes;
  size_t used;
  size_t size;
};

/* file -1: memory. Returns false with `error` set when out of memory. */
bool ets_out_open(struct ets_out *out, int file);
bool ets_out_open_taker(struct ets_out *out, ets_rows_taker *taker, void *context);
void ets_out_write(struct ets_out *out, const char *bytes, size_t n);
void ets_out_text(struct ets_out *out, const char *text);
void ets_out_base64(struct ets_out *out, const void *bytes, size_t n);
/* Hands everything to the file or the taker. Returns whether all of it got there so far. */
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
