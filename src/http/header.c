#include "http/private.h"

#include "base/text.h"
#include "http/media_type.h"
#include "http/retry_after.h"

#include <stdio.h>
#include <string.h>

static const char blanks[] = " \t\r\n";

static void take_type(struct ets_http_reply *reply, const char *value) {
  ets_media_type(reply->content_type, sizeof reply->content_type, value);
  ets_media_charset(reply->charset, sizeof reply->charset, value);
}

/* --- one header ------------------------------------------------------------------------------ */

static bool refuse_encoding(struct ets_http_call *call, const char *value) {
  ets_http_fail(call, ETS_E_PROTOCOL, "%s answers in the encoding %s, which was not asked for",
                call->url, ets_text_name(value));
  return false;
}

static bool take_encoding(struct ets_http_call *call, const char *value) {
  size_t size = strlen(value);
  if (size == 0 || ets_text_is(value, size, "identity"))
    return true;
  if (call->encoded || !(ets_text_is(value, size, "gzip") || ets_text_is(value, size, "x-gzip") ||
                         ets_text_is(value, size, "deflate")))
    return refuse_encoding(call, value);
  call->encoded = true;
  return true;
}

/* libcurl undoes what is named here, unasked, and past the bound on decompression. */
static bool take_transfer(struct ets_http_call *call, const char *value) {
  static const char between[] = ", \t";
  for (const char *at = value + strspn(value, between); *at; at += strspn(at, between)) {
    size_t size = strcspn(at, between);
    if (ets_text_is(at, size, "chunked"))
      call->chunked = true;
    else if (!ets_text_is(at, size, "identity"))
      return refuse_encoding(call, value);
    at += size;
  }
  return true;
}

/* Where two lengths differ, nobody knows where the answer ends. */
static bool take_length(struct ets_http_call *call, const char *value) {
  size_t digits = strspn(value, "0123456789");
  int64_t length = 0;
  for (size_t i = 0; i < digits && i < 18; i++)
    length = length * 10 + (value[i] - '0');
  bool good = digits > 0 && digits <= 18 && !value[digits] &&
              (call->content_length < 0 || call->content_length == length);
  if (!good)
    ets_http_fail(call, ETS_E_PROTOCOL, "%s answers with a Content-Length that is none: %s",
                  call->url, ets_text_name(value));
  call->content_length = length;
  return good;
}

static bool take_field(struct ets_http_call *call, const char *name, size_t size,
                       const char *value) {
  struct ets_http_reply *reply = call->reply;
  if (ets_text_is(name, size, "Content-Type"))
    take_type(reply, value);
  else if (ets_text_is(name, size, "Content-Encoding"))
    return take_encoding(call, value);
  else if (ets_text_is(name, size, "Content-Length"))
    return take_length(call, value);
  else if (ets_text_is(name, size, "Transfer-Encoding"))
    return take_transfer(call, value);
  else if (ets_text_is(name, size, "Date"))
    call->date = ets_http_date(value);
  else if (ets_text_is(name, size, "Retry-After"))
    snprintf(call->retry_after, sizeof call->retry_after, "%.63s", value);
  return true;
}

/* --- the header ------------------------------------------------------------------------------ */

/* A status line: of the answer, or of an interim one (1xx), of which nothing is kept. */
static void begin(struct ets_http_call *call) {
  struct ets_http_reply *reply = call->reply;
  reply->content_type[0] = reply->charset[0] = call->retry_after[0] = '\0';
  call->content_length = call->date = -1;
  call->encoded = call->chunked = false;
  call->in_header = true;
}

static bool end(struct ets_http_call *call) {
  long status = 0;
  call->in_header = false;
  curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
  if (status < 200)
    return true;
  if (call->encoded && !(call->inflater = ets_inflater_new())) {
    ets_http_fail(call, ETS_E_NOMEM, "out of memory");
    return false;
  }
  if (call->retry_after[0])
    call->reply->retry_after_ms = ets_http_retry_after(call->retry_after, call->date);
  call->reply->status = (int)status;
  call->has_header = true;
  return true;
}

static bool is_in_bounds(struct ets_http_call *call, size_t size) {
  uint64_t limit = call->http->options.limits.header;
  call->header_bytes += size;
  call->reply->received += size;
  if (limit == 0 || call->header_bytes <= limit)
    return true;
  ets_http_fail(call, ETS_E_PROTOCOL,
                "the header of %s is above %llu bytes; raise max_header_bytes if that is right",
                call->url, (unsigned long long)limit);
  return false;
}

static bool take_line(struct ets_http_call *call, char *line, size_t size) {
  if (call->has_header) /* a trailer */
    return true;
  if (memchr(line, '\0', size)) {
    ets_http_fail(call, ETS_E_PROTOCOL, "%s answers with a NUL in its header", call->url);
    return false;
  }
  if (!call->in_header) {
    begin(call);
    bool known = size > 7 && memcmp(line, "HTTP/1.", 7) == 0; /* libcurl takes HTTP/2 here, too */
    return known || ets_http_explain_not_http(call) == ETS_OK;
  }
  while (size > 0 && strchr(blanks, line[size - 1]))
    size--;
  if (size == 0)
    return end(call);
  char value[256];
  const char *colon = memchr(line, ':', size);
  if (!colon)
    return true;
  size_t name_size = (size_t)(colon - line), at = name_size + 1;
  while (at < size && strchr(blanks, line[at]))
    at++;
  if (size - at >= sizeof value) /* longer than any value that is read here */
    return !ets_text_is(line, name_size, "Transfer-Encoding") ||
           refuse_encoding(call, "of more than 255 bytes");
  memcpy(value, line + at, size - at);
  value[size - at] = '\0';
  return take_field(call, line, name_size, value);
}

size_t ets_http_take_header(char *line, size_t one, size_t size, void *context) {
  struct ets_http_call *call = context;
  (void)one;
  return is_in_bounds(call, size) && take_line(call, line, size) ? size : 0;
}
