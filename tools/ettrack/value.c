#include "value.h"

#include "text.h"

#include <stdio.h>
#include <string.h>

bool value_is_number(const ets_value *value) {
  return value->kind == ETS_VALUE_INTEGER || value->kind == ETS_VALUE_DOUBLE;
}

struct text value_text(const ets_value *value, struct sink *scratch) {
  if (value->presence != ETS_PRESENT)
    return (struct text){"", 0};
  if (value->text)
    return (struct text){value->text, strlen(value->text)};
  scratch->used = 0;
  if (value->kind == ETS_VALUE_BINARY)
    sink_base64(scratch, value->bytes, value->size);
  else if (value->kind == ETS_VALUE_OBJECT)
    value_json(scratch, value);
  else if (sink_reserve(scratch, 64))
    scratch->used = ets_value_format(value, scratch->bytes, 64);
  return (struct text){scratch->bytes, scratch->used};
}

/* --- JSON ------------------------------------------------------------------------------------ */

static bool is_plain(unsigned char byte) {
  return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

static void escape(struct sink *sink, unsigned char byte) {
  char code[8];
  switch (byte) {
  case '"':
    sink_write(sink, "\\\"", 2);
    break;
  case '\\':
    sink_write(sink, "\\\\", 2);
    break;
  case '\n':
    sink_write(sink, "\\n", 2);
    break;
  case '\r':
    sink_write(sink, "\\r", 2);
    break;
  case '\t':
    sink_write(sink, "\\t", 2);
    break;
  default:
    snprintf(code, sizeof code, "\\u%04x", byte);
    sink_write(sink, code, 6);
  }
}

void value_json_string(struct sink *sink, const char *text, size_t n) {
  const char *at = text, *end = text + n;
  sink_char(sink, '"');
  while (at < end) {
    const char *run = at;
    uint32_t character;
    size_t length = 0;
    while (at < end &&
           (is_plain((unsigned char)*at) ||
            ((unsigned char)*at >= 0x80 && (length = text_decode(&character, at, end)))))
      at += (unsigned char)*at < 0x80 ? 1 : length;
    sink_write(sink, run, (size_t)(at - run));
    if (at == end)
      break;
    if ((unsigned char)*at < 0x80)
      escape(sink, (unsigned char)*at);
    else
      sink_write(sink, "\xEF\xBF\xBD", 3);
    at++;
  }
  sink_char(sink, '"');
}

struct member {
  struct sink *sink;
  bool first;
};

static int write_member(void *context, const char *name, const ets_value *value) {
  struct member *member = context;
  if (!member->first)
    sink_char(member->sink, ',');
  member->first = false;
  value_json_string(member->sink, name, strlen(name));
  sink_char(member->sink, ':');
  value_json(member->sink, value);
  return 0;
}

void value_json(struct sink *sink, const ets_value *value) {
  char number[64];
  struct member member = {sink, true};
  if (value->presence == ETS_NIL) {
    sink_write(sink, "null", 4);
    return;
  }
  if (value->presence == ETS_EMPTY) {
    sink_write(sink, "\"\"", 2);
    return;
  }
  switch (value->kind) {
  case ETS_VALUE_TEXT:
  case ETS_VALUE_DATETIME:
    value_json_string(sink, value->text, strlen(value->text));
    break;
  case ETS_VALUE_INTEGER:
  case ETS_VALUE_DOUBLE:
  case ETS_VALUE_BOOLEAN:
    sink_write(sink, number, ets_value_format(value, number, sizeof number));
    break;
  case ETS_VALUE_BINARY:
    sink_char(sink, '"');
    sink_base64(sink, value->bytes, value->size);
    sink_char(sink, '"');
    break;
  case ETS_VALUE_OBJECT:
    if (value->text) { /* a copy, see batch.h */
      sink_text(sink, value->text);
      break;
    }
    sink_char(sink, '{');
    ets_object_walk(value->object, write_member, &member);
    sink_char(sink, '}');
    break;
  }
}
