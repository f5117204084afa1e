#include "cell.h"

#include "text.h"
#include "value.h"

#include <stdio.h>

static void append_escape(struct sink *sink, uint32_t character) {
  char code[12];
  switch (character) {
  case '\n':
    sink_text(sink, "\\n");
    break;
  case '\r':
    sink_text(sink, "\\r");
    break;
  case '\t':
    sink_text(sink, "\\t");
    break;
  default:
    snprintf(code, sizeof code, "\\x%02x", (unsigned)character);
    sink_text(sink, code);
  }
}

/* C0, DEL and C1; and the marks that turn the direction of what follows. */
static bool is_control(uint32_t character) {
  return character < 0x20 || (character >= 0x7F && character < 0xA0) ||
         (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

static void append_text(struct sink *sink, const char *at, size_t n) {
  const char *end = at + n;
  while (at < end) {
    uint32_t character;
    size_t length = text_decode(&character, at, end);
    if (length == 0) {
      append_escape(sink, (unsigned char)*at);
      length = 1;
    } else if (is_control(character)) {
      append_escape(sink, character);
    } else {
      sink_write(sink, at, length);
    }
    at += length;
  }
}

size_t cell_append(struct sink *sink, const ets_value *value, struct sink *scratch) {
  size_t start = sink->used;
  if (value->presence == ETS_NIL) {
    sink_char(sink, '-');
  } else if (value->presence == ETS_EMPTY) {
    sink_text(sink, "\"\"");
  } else if (value->presence == ETS_PRESENT) {
    struct text text = value_text(value, scratch);
    append_text(sink, text.bytes, text.size);
  }
  return text_width(sink->bytes + start, sink->used - start);
}

void cell_write(struct sink *sink, const char *bytes, size_t n, size_t columns, bool right,
                bool cut) {
  static const char ellipsis[] = "\xE2\x80\xA6";
  size_t width = text_width(bytes, n);
  bool too_wide = cut && width > columns;
  if (too_wide) {
    n = text_fit(bytes, n, columns > 0 ? columns - 1 : 0);
    width = text_width(bytes, n) + 1;
  }
  size_t padding = width < columns ? columns - width : 0;
  if (right)
    sink_repeat(sink, ' ', padding);
  sink_write(sink, bytes, n);
  if (too_wide)
    sink_text(sink, ellipsis);
  if (!right)
    sink_repeat(sink, ' ', padding);
}
