/* From the bytes of a body to checked UTF-8: finds out the encoding (byte order mark, charset of
 * the Content-Type, XML declaration, in this order), converts, and lets through neither NUL nor
 * bytes that are no characters. Line ends become LF. */
#ifndef ETS_FEED_H
#define ETS_FEED_H

#include "wire/answer.h"

enum { ETS_FEED_SLICE = 16 * 1024, ETS_FEED_HEAD = 1024 };

enum ets_encoding {
  ETS_ENCODING_UNKNOWN,
  ETS_ENCODING_UTF8,
  ETS_ENCODING_ASCII,
  ETS_ENCODING_LATIN1,
  ETS_ENCODING_UTF16LE,
  ETS_ENCODING_UTF16BE
};

struct ets_feed {
  struct ets_answer_source source;
  const char *charset;
  enum ets_encoding encoding;
  const char *wrong; /* what stands behind the last slice, NULL: nothing wrong */
  bool ended;        /* the source is */
  const char *at;    /* what it gave and has not been taken yet */
  size_t left;
  const char *pending; /* what it gave beyond the head */
  size_t pending_size;
  size_t head_size;
  char head[ETS_FEED_HEAD]; /* the beginning, until the encoding is known */
  char carry[4];            /* of a character that the source cut apart */
  size_t carried;
  bool after_cr; /* the last slice ended with one */
  bool begun;    /* there was a slice */
  char out[ETS_FEED_SLICE];
};

void ets_feed_begin(struct ets_feed *feed, const struct ets_answer_source *source,
                    const char *charset);

/* The next bytes, borrowed until the next call; size 0 at the end. When they are followed by what
 * cannot be read, feed->wrong says what, "a NUL", and the slice may be empty. Returns the source's
 * failure. */
ets_status ets_feed_next(struct ets_feed *feed, const char **bytes, size_t *size, ets_error *error);

#endif
