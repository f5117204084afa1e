#define ZLIB_CONST
#include "http/inflate.h"

#include "base/secret.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

/* EMPTY_MOST: streams with nothing in them, of which others could go on for ever. */
enum { OUTPUT = 64 * 1024, WINDOW = 15, GZIP_OR_ZLIB = 32, EMPTY_MOST = 16 };

struct ets_inflater {
  z_stream stream;
  bool begun; /* a stream is in hand */
  int empty;  /* streams so far */
  char out[OUTPUT];
};

struct ets_inflater *ets_inflater_new(void) {
  struct ets_inflater *inflater = calloc(1, sizeof *inflater);
  if (inflater && inflateInit2(&inflater->stream, WINDOW + GZIP_OR_ZLIB) != Z_OK) {
    free(inflater);
    return NULL;
  }
  return inflater;
}

void ets_inflater_free(struct ets_inflater *inflater) {
  if (!inflater)
    return;
  inflateEnd(&inflater->stream);
  ets_wipe_bytes(inflater, sizeof *inflater);
}

/* Streams may follow one on another, as members of a gzip file do. */
enum ets_inflated ets_inflater_take(struct ets_inflater *inflater, const char *bytes, size_t *size,
                                    char **out, size_t *out_size) {
  z_stream *stream = &inflater->stream;
  size_t given = *size < UINT_MAX ? *size : UINT_MAX;
  int result = Z_OK;
  stream->next_in = (const Bytef *)bytes;
  stream->avail_in = (uInt)given;
  stream->next_out = (Bytef *)inflater->out;
  stream->avail_out = OUTPUT;
  while (stream->avail_out > 0 && (result == Z_OK || result == Z_STREAM_END)) {
    if (result == Z_STREAM_END) {
      inflater->empty += inflater->begun && stream->total_out == 0;
      inflater->begun = false;
      if (stream->avail_in == 0 || inflater->empty > EMPTY_MOST)
        break;
      inflateReset(stream);
    }
    inflater->begun = inflater->begun || stream->avail_in > 0;
    result = inflate(stream, Z_NO_FLUSH);
  }
  *size = given - stream->avail_in;
  *out = inflater->out;
  *out_size = OUTPUT - stream->avail_out;
  if (result == Z_STREAM_END)
    inflater->begun = false;
  if (inflater->empty > EMPTY_MOST)
    return ETS_INFLATE_BROKEN;
  if (result == Z_MEM_ERROR)
    return ETS_INFLATE_NO_MEMORY;
  return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR ? ETS_INFLATED
                                                                           : ETS_INFLATE_BROKEN;
}

bool ets_inflater_is_whole(const struct ets_inflater *inflater) {
  return !inflater->begun;
}
