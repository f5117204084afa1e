#include "http/framing.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void header(struct ets_framing *framing, const char *bytes, size_t size) {
  framing->tap->take(framing->tap->context,
                     framing->sent ? ETS_HTTP_SENT_HEADER : ETS_HTTP_RECEIVED_HEADER, bytes, size);
}

static void body(struct ets_framing *framing, const char *bytes, size_t size) {
  framing->tap->take(framing->tap->context,
                     framing->sent ? ETS_HTTP_SENT_BODY : ETS_HTTP_RECEIVED_BODY, bytes, size);
}

/* Takes one byte of a line; true when the line is complete, without its end. */
static bool take_line(struct ets_framing *framing, char c) {
  if (c == '\n') {
    size_t n = framing->line_length;
    if (n > 0 && framing->line[n - 1] == '\r')
      n--;
    framing->line[n] = '\0';
    framing->line_length = 0;
    return true;
  }
  if (framing->line_length < sizeof framing->line - 1)
    framing->line[framing->line_length++] = c;
  return false;
}

static void end_line(struct ets_framing *framing) {
  const char *line = framing->line;
  header(framing, line, strlen(line));
  header(framing, "\r\n", 2);
  if (strncasecmp(line, "Transfer-Encoding:", 18) == 0 && strstr(line, "chunked"))
    framing->chunked = true;
  if (!*line)
    framing->state = framing->chunked ? ETS_FRAMING_CHUNK_SIZE : ETS_FRAMING_BODY_START;
}

/* The first bytes of a body are held back until it is plain that they begin no other header. */
static void start_body(struct ets_framing *framing, char c) {
  static const char *const headers[] = {"HTTP/1.", "POST /"};
  size_t n = framing->line_length;
  framing->line[n++] = c;
  framing->line_length = n;
  for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
    if (strncmp(framing->line, headers[i], n) == 0) {
      if (n == strlen(headers[i]))
        framing->state = ETS_FRAMING_HEADER;
      return;
    }
  framing->state = ETS_FRAMING_BODY;
  framing->line_length = 0;
  body(framing, framing->line, n);
}

void ets_framing_begin(struct ets_framing *framing, struct ets_http_tap *tap, bool sent) {
  *framing = (struct ets_framing){.tap = tap, .sent = sent};
}

void ets_framing_take(struct ets_framing *framing, const char *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) {
    switch (framing->state) {
    case ETS_FRAMING_HEADER:
      if (take_line(framing, bytes[i]))
        end_line(framing);
      break;
    case ETS_FRAMING_CHUNK_SIZE:
      if (take_line(framing, bytes[i])) {
        framing->chunk_left = strtoul(framing->line, NULL, 16);
        framing->state = framing->chunk_left ? ETS_FRAMING_BODY : ETS_FRAMING_CHUNK_END;
      }
      break;
    case ETS_FRAMING_CHUNK_END:
      if (take_line(framing, bytes[i]))
        framing->state = ETS_FRAMING_CHUNK_SIZE;
      break;
    case ETS_FRAMING_BODY_START:
      start_body(framing, bytes[i]);
      break;
    case ETS_FRAMING_BODY:
      body(framing, bytes + i, 1);
      if (framing->chunked && --framing->chunk_left == 0)
        framing->state = ETS_FRAMING_CHUNK_END;
      break;
    }
  }
}
