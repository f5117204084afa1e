#include "net/inflate.h"

#include <limits.h>

#include <zlib.h>

enum { ANY_FORMAT = 32 + MAX_WBITS, GZIP_FORMAT = 16 + MAX_WBITS, PIECE = 65536 };

bool inflate_body(struct buffer *body, size_t limit) {
  z_stream stream = {0};
  struct buffer out = {0};
  if (body->size > UINT_MAX || inflateInit2(&stream, ANY_FORMAT) != Z_OK)
    return false;
  stream.next_in = (Bytef *)body->data;
  stream.avail_in = (uInt)body->size;
  int status = Z_OK;
  while (status == Z_OK && out.size <= limit && buffer_reserve(&out, PIECE)) {
    stream.next_out = (Bytef *)out.data + out.size;
    stream.avail_out = PIECE;
    status = inflate(&stream, Z_NO_FLUSH);
    out.size += PIECE - stream.avail_out;
  }
  (void)inflateEnd(&stream);
  if (status != Z_STREAM_END || stream.avail_in || out.size > limit) {
    buffer_free(&out);
    return false;
  }
  out.data[out.size] = 0;
  buffer_free(body);
  *body = out;
  return true;
}

bool deflate_body(struct buffer *out, const void *bytes, size_t size) {
  z_stream stream = {0};
  if (size > UINT_MAX ||
      deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, GZIP_FORMAT, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return false;
  stream.next_in = (Bytef *)bytes;
  stream.avail_in = (uInt)size;
  int status = Z_OK;
  while (status == Z_OK && buffer_reserve(out, PIECE)) {
    stream.next_out = (Bytef *)out->data + out->size;
    stream.avail_out = PIECE;
    status = deflate(&stream, Z_FINISH);
    out->size += PIECE - stream.avail_out;
  }
  (void)deflateEnd(&stream);
  return status == Z_STREAM_END;
}
