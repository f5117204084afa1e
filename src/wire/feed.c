#include "wire/feed.h"

#include "wire/characters.h"

#include <string.h>
#include <strings.h>

void ets_feed_begin(struct ets_feed *feed, const struct ets_answer_source *source,
                    const char *charset) {
  memset(feed, 0, offsetof(struct ets_feed, out));
  feed->source = *source;
  feed->charset = charset ? charset : "";
}

/* --- which encoding -------------------------------------------------------------------------- */

static enum ets_encoding encoding_named(const char *name, size_t n) {
  static const struct {
    const char *name;
    enum ets_encoding encoding;
  } known[] = {{"utf-8", ETS_ENCODING_UTF8},        {"utf8", ETS_ENCODING_UTF8},
               {"us-ascii", ETS_ENCODING_ASCII},    {"ascii", ETS_ENCODING_ASCII},
               {"iso-8859-1", ETS_ENCODING_LATIN1}, {"latin1", ETS_ENCODING_LATIN1},
               {"utf-16le", ETS_ENCODING_UTF16LE},  {"utf-16be", ETS_ENCODING_UTF16BE}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strlen(known[i].name) == n && strncasecmp(known[i].name, name, n) == 0)
      return known[i].encoding;
  return ETS_ENCODING_UNKNOWN;
}

/* A byte order mark, or the first character of XML in two bytes. Says how many bytes to skip. */
static enum ets_encoding encoding_seen(const unsigned char *bytes, size_t n, size_t *skip) {
  *skip = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  if (*skip)
    return ETS_ENCODING_UTF8;
  if (n < 2)
    return ETS_ENCODING_UNKNOWN;
  *skip = (bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF) ? 2 : 0;
  if (*skip)
    return bytes[0] == 0xFF ? ETS_ENCODING_UTF16LE : ETS_ENCODING_UTF16BE;
  if (bytes[0] == '<' && bytes[1] == 0)
    return ETS_ENCODING_UTF16LE;
  if (bytes[0] == 0 && bytes[1] == '<')
    return ETS_ENCODING_UTF16BE;
  return ETS_ENCODING_UNKNOWN;
}

/* The value of encoding="" in the XML declaration. */
static const char *declared(const char *bytes, size_t n, size_t *length) {
  static const char begin[] = "<?xml", key[] = "encoding";
  const char *end = bytes + n;
  *length = 0;
  if (n < sizeof begin || memcmp(bytes, begin, sizeof begin - 1) != 0)
    return NULL;
  const char *stop = memchr(bytes, '>', n);
  if (stop)
    end = stop;
  for (const char *at = bytes; end - at > (ptrdiff_t)sizeof key; at++) {
    if (memcmp(at, key, sizeof key - 1) != 0)
      continue;
    at += sizeof key - 1;
    while (at < end && strchr(" \t\r\n=", *at))
      at++;
    const char *quote = at < end && (*at == '"' || *at == '\'') ? at++ : NULL;
    const char *close = quote ? memchr(at, *quote, (size_t)(end - at)) : NULL;
    *length = close ? (size_t)(close - at) : 0;
    return close ? at : NULL;
  }
  return NULL;
}

/* Decides once enough is there: four bytes, and a declaration up to its end. */
static bool decide(struct ets_feed *feed, const char *bytes, size_t n, size_t *skip) {
  enum ets_encoding seen = encoding_seen((const unsigned char *)bytes, n, skip);
  bool complete = feed->ended || n >= ETS_FEED_HEAD;
  if (!complete && (n < 4 || (!seen && memcmp(bytes, "<?xm", 4) == 0 && !memchr(bytes, '>', n))))
    return false;
  size_t length;
  const char *name = declared(bytes + *skip, n - *skip, &length);
  if (*feed->charset && strcasecmp(feed->charset, "utf-16") != 0) {
    name = feed->charset;
    length = strlen(name);
  }
  enum ets_encoding named = name ? encoding_named(name, length) : ETS_ENCODING_UTF8;
  feed->encoding = seen ? seen : named;
  if (!feed->encoding)
    feed->wrong = "text in an encoding that is none of UTF-8, UTF-16, ISO-8859-1 and US-ASCII";
  else if (seen == ETS_ENCODING_UTF8 && name != feed->charset && named != ETS_ENCODING_UTF8)
    feed->wrong = "text that says it is not UTF-8 behind the byte order mark of UTF-8";
  return true;
}

/* Reads until the encoding is known. What came in more than one piece is in the head then. */
static ets_status find_encoding(struct ets_feed *feed, ets_error *error) {
  size_t skip = 0;
  for (;;) {
    const char *bytes;
    size_t size;
    ets_status status = feed->source.read(feed->source.context, &bytes, &size, error);
    if (status != ETS_OK)
      return status;
    feed->ended = size == 0;
    if (feed->head_size == 0 && decide(feed, bytes, size, &skip)) {
      feed->at = bytes;
      feed->left = size;
      break;
    }
    size_t room = sizeof feed->head - feed->head_size, n = size < room ? size : room;
    memcpy(feed->head + feed->head_size, bytes, n);
    feed->head_size += n;
    if (decide(feed, feed->head, feed->head_size, &skip)) {
      feed->pending = bytes + n;
      feed->pending_size = size - n;
      feed->at = feed->head;
      feed->left = feed->head_size;
      break;
    }
  }
  feed->at += skip;
  feed->left -= skip;
  return ETS_OK;
}

/* --- slices ---------------------------------------------------------------------------------- */

static ets_status refill(struct ets_feed *feed, ets_error *error) {
  if (feed->pending_size) {
    feed->at = feed->pending;
    feed->left = feed->pending_size;
    feed->pending_size = 0;
    return ETS_OK;
  }
  if (feed->ended)
    return ETS_OK;
  ets_status status = feed->source.read(feed->source.context, &feed->at, &feed->left, error);
  feed->ended = status == ETS_OK && feed->left == 0;
  return status;
}

/* Whole characters at the beginning of n bytes, as UTF-8. Returns how many of them that takes. */
static size_t convert(struct ets_feed *feed, const char *from, size_t n, const char **bytes,
                      size_t *size) {
  if (feed->encoding == ETS_ENCODING_UTF8) {
    *bytes = from;
    return *size = ets_utf8_check(from, n, &feed->wrong);
  }
  struct ets_conversion conversion = {from, n, feed->out, sizeof feed->out, NULL};
  if (feed->encoding == ETS_ENCODING_ASCII)
    ets_from_ascii(&conversion);
  else if (feed->encoding == ETS_ENCODING_LATIN1)
    ets_from_latin1(&conversion);
  else
    ets_from_utf16(&conversion, feed->encoding == ETS_ENCODING_UTF16BE);
  feed->wrong = conversion.wrong;
  *bytes = feed->out;
  *size = (size_t)(conversion.to - feed->out);
  return n - conversion.left;
}

/* CR LF, and CR alone, become LF, as XML has it; libxml2 leaves them in CDATA as they are. A slice
 * may end between the two. */
static void unify_line_ends(struct ets_feed *feed, const char **bytes, size_t *size) {
  const char *from = *bytes, *end = from + *size;
  if (from == end)
    return;
  if (feed->after_cr && *from == '\n')
    from++;
  feed->after_cr = end[-1] == '\r';
  *bytes = from;
  *size = (size_t)(end - from);
  const char *cr = memchr(from, '\r', *size);
  if (!cr)
    return;
  char *to = feed->out;
  *bytes = to;
  for (; cr; cr = memchr(from, '\r', (size_t)(end - from))) {
    size_t n = (size_t)(cr - from);
    memmove(to, from, n);
    to[n] = '\n';
    to += n + 1;
    from = cr + 1;
    if (from < end && *from == '\n')
      from++;
  }
  memmove(to, from, (size_t)(end - from));
  *size = (size_t)(to - *bytes + (end - from));
}

/* The next slice of what lies there; none when all of it is the beginning of a character. */
static void slice(struct ets_feed *feed, const char **bytes, size_t *size) {
  bool joins = feed->carried > 0;
  size_t n = feed->left < ETS_FEED_SLICE ? feed->left : ETS_FEED_SLICE;
  if (joins) {
    feed->carry[feed->carried++] = *feed->at;
    n = 1;
  }
  size_t used = joins ? convert(feed, feed->carry, feed->carried, bytes, size)
                      : convert(feed, feed->at, n, bytes, size);
  if (joins && used > 0)
    feed->carried = 0;
  else if (!joins && used == 0 && !feed->wrong)
    memcpy(feed->carry, feed->at, feed->carried = n);
  else if (!joins)
    n = used;
  feed->at += n;
  feed->left -= n;
}

/* The mark has been skipped. libxml2 would skip another. */
static void check_begin(struct ets_feed *feed, const char *bytes, size_t *size) {
  if (feed->begun || *size == 0)
    return;
  feed->begun = true;
  if (*size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
    feed->wrong = "a second byte order mark";
    *size = 0;
  }
}

ets_status ets_feed_next(struct ets_feed *feed, const char **bytes, size_t *size,
                         ets_error *error) {
  *size = 0;
  ets_status status = feed->encoding || feed->wrong ? ETS_OK : find_encoding(feed, error);
  while (status == ETS_OK && !feed->wrong && *size == 0) {
    if (feed->left == 0)
      status = refill(feed, error);
    if (status != ETS_OK || (feed->left == 0 && feed->ended))
      break;
    slice(feed, bytes, size);
    check_begin(feed, *bytes, size);
    unify_line_ends(feed, bytes, size);
  }
  if (status == ETS_OK && feed->ended && feed->left == 0 && feed->carried)
    feed->wrong = "half a character";
  return status;
}
