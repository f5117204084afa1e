#include "rows/out.h"

#include "base/signals.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_BUFFER = 256 * 1024, FIRST_MEMORY = 4096 };

static bool begin(struct ets_out *out, struct ets_out how) {
  *out = how;
  out->bytes = malloc(out->size);
  if (!out->bytes) {
    out->size = 0;
    out->error = ENOMEM;
  }
  return out->bytes != NULL;
}

bool ets_out_open(struct ets_out *out, int file) {
  size_t size = file < 0 ? FIRST_MEMORY : FILE_BUFFER;
  return begin(out, (struct ets_out){.file = file, .size = size});
}

bool ets_out_open_taker(struct ets_out *out, ets_rows_taker *taker, void *context) {
  return begin(out, (struct ets_out){-1, taker, context, .size = FILE_BUFFER});
}

static bool goes_on(const struct ets_out *out) {
  return out->file >= 0 || out->taker;
}

static void write_file(struct ets_out *out) {
  size_t done = 0;
  struct ets_signals signals;
  ets_signals_hold(&signals); /* a reader that is gone is EPIPE */
  while (done < out->used && !out->error) {
    ssize_t n = write(out->file, out->bytes + done, out->used - done);
    if (n >= 0)
      done += (size_t)n;
    else if (errno != EINTR)
      out->error = errno;
  }
  ets_signals_release(&signals);
}

bool ets_out_flush(struct ets_out *out) {
  if (!goes_on(out) || out->used == 0)
    return !out->error;
  if (!out->taker)
    write_file(out);
  else if (!out->error)
    out->error = out->taker(out->context, out->bytes, out->used);
  out->used = 0;
  return !out->error;
}

static bool grow(struct ets_out *out, size_t n) {
  size_t size = out->size ? out->size : FIRST_MEMORY;
  while (size - out->used < n)
    size *= 2;
  char *bytes = realloc(out->bytes, size);
  if (!bytes) {
    out->error = ENOMEM;
    return false;
  }
  out->bytes = bytes;
  out->size = size;
  return true;
}

bool ets_out_reserve(struct ets_out *out, size_t n) {
  if (out->error)
    return false;
  if (out->size - out->used >= n)
    return true;
  if (goes_on(out) && !ets_out_flush(out))
    return false;
  return out->size - out->used >= n || grow(out, n);
}

void ets_out_write(struct ets_out *out, const char *bytes, size_t n) {
  if (n == 0 || !ets_out_reserve(out, n))
    return;
  memcpy(out->bytes + out->used, bytes, n);
  out->used += n;
}

void ets_out_text(struct ets_out *out, const char *text) {
  ets_out_write(out, text, strlen(text));
}

void ets_out_base64(struct ets_out *out, const void *bytes, size_t n) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const unsigned char *at = bytes;
  for (; n > 0; at += 3) {
    size_t group = n < 3 ? n : 3;
    unsigned value = (unsigned)at[0] << 16;
    if (group > 1)
      value |= (unsigned)at[1] << 8;
    if (group > 2)
      value |= at[2];
    ets_out_char(out, digits[value >> 18]);
    ets_out_char(out, digits[value >> 12 & 63]);
    ets_out_char(out, group > 1 ? digits[value >> 6 & 63] : '=');
    ets_out_char(out, group > 2 ? digits[value & 63] : '=');
    n -= group;
  }
}

void ets_out_free(struct ets_out *out) {
  free(out->bytes);
  out->bytes = NULL;
  out->used = out->size = 0;
}
