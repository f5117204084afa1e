#include "rows/value.h"

#include "base/text.h"

#include <etsoap/rows.h>

#include <stdio.h>
#include <string.h>

struct ets_slice ets_cell_of(const ets_value *value, struct ets_out *scratch) {
  if (value->presence != ETS_PRESENT)
    return (struct ets_slice){"", 0};
  if (value->text)
    return (struct ets_slice){value->text, strlen(value->text)};
  scratch->used = 0;
  if (value->kind == ETS_VALUE_BINARY)
    ets_out_base64(scratch, value->bytes, value->size);
  else if (value->kind == ETS_VALUE_OBJECT)
    ets_json_value(scratch, value);
  else if (ets_out_reserve(scratch, 64))
    scratch->used = ets_value_format(value, scratch->bytes, 64);
  return (struct ets_slice){scratch->bytes, scratch->used};
}

void ets_value_rfc3339(ets_value *value, int utc_offset, char *buffer, size_t size) {
  ets_time time;
  if (value->kind != ETS_VALUE_DATETIME || value->presence != ETS_PRESENT ||
      ets_time_parse(&time, value->text, utc_offset) != ETS_OK)
    return;
  ets_time_format(time, buffer, size);
  value->text = buffer;
}

/* --- JSON ------------------------------------------------------------------------------------ */

/* Length of the character at `at` when a JSON string takes it as it is; 0 when not. */
static size_t plain(const char *at) {
  unsigned char byte = (unsigned char)*at;
  if (byte >= 0x80)
    return ets_text_character(at);
  return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

static void escape(struct ets_out *out, unsigned char byte) {
  static const char special[] = "\"\\\n\r\t", letters[] = "\"\\nrt";
  const char *found = strchr(special, byte);
  char code[8];
  if (found) {
    ets_out_char(out, '\\');
    ets_out_char(out, letters[found - special]);
    return;
  }
  snprintf(code, sizeof code, "\\u%04x", byte);
  ets_out_write(out, code, 6);
}

void ets_json_string(struct ets_out *out, const char *text) {
  const char *at = text;
  ets_out_char(out, '"');
  while (*at) {
    const char *run = at;
    size_t length;
    while ((length = plain(at)) > 0)
      at += length;
    ets_out_write(out, run, (size_t)(at - run));
    if (!*at)
      break;
    if ((unsigned char)*at < 0x80)
      escape(out, (unsigned char)*at);
    else
      ets_out_write(out, "\xEF\xBF\xBD", 3);
    at++;
  }
  ets_out_char(out, '"');
}

static size_t digits(const char *text) {
  return strspn(text, "0123456789");
}

/* Whether the text is a number as JSON writes them: no plus, no leading zeros, no NaN. */
static bool is_json_number(const char *text) {
  text += *text == '-';
  size_t n = digits(text);
  if (n == 0 || (*text == '0' && n > 1))
    return false;
  text += n;
  if (*text == '.') {
    if ((n = digits(text + 1)) == 0)
      return false;
    text += n + 1;
  }
  if (*text == 'e' || *text == 'E') {
    text += 1 + (text[1] == '+' || text[1] == '-');
    if ((n = digits(text)) == 0)
      return false;
    text += n;
  }
  return !*text;
}

static void write_number(struct ets_out *out, const ets_value *value) {
  char buffer[64];
  const char *text = value->text;
  if (!text) {
    ets_value_format(value, buffer, sizeof buffer);
    text = buffer;
  }
  if (value->kind == ETS_VALUE_BOOLEAN || is_json_number(text))
    ets_out_text(out, text);
  else
    ets_json_string(out, text);
}

struct members {
  struct ets_out *out;
  bool any;
  bool in_array;
};

static void end_array(struct members *members) {
  if (members->in_array)
    ets_out_char(members->out, ']');
  members->in_array = false;
}

/* Items of an array come one after the other, the first with index 0. */
static int write_member(void *context, const char *name, const ets_value *value) {
  struct members *members = context;
  struct ets_out *out = members->out;
  bool first = value->count == 0 || value->index == 0 || !members->in_array;
  if (first)
    end_array(members);
  if (members->any)
    ets_out_char(out, ',');
  members->any = true;
  if (first) {
    ets_json_string(out, name);
    ets_out_char(out, ':');
    members->in_array = value->count > 0;
    if (members->in_array)
      ets_out_char(out, '[');
  }
  ets_json_value(out, value);
  return 0;
}

static void write_members(struct ets_out *out, ets_object object) {
  struct members members = {out, false, false};
  ets_out_char(out, '{');
  ets_object_walk(object, write_member, &members);
  end_array(&members);
  ets_out_char(out, '}');
}

bool ets_json_is_array(const ets_value *value, const char *path) {
  size_t n = strlen(path);
  return value->count > 0 && (n == 0 || path[n - 1] != ']');
}

void ets_json_array(struct ets_out *out, ets_object object, const char *path) {
  size_t count = ets_get(object, path).count;
  for (size_t i = 0; i < count; i++) {
    ets_value item = ets_get_item(object, path, i);
    ets_out_char(out, i == 0 ? '[' : ',');
    if (item.presence == ETS_ABSENT)
      item.presence = ETS_NIL;
    ets_json_value(out, &item);
  }
  ets_out_text(out, count > 0 ? "]" : "[]");
}

void ets_json_value(struct ets_out *out, const ets_value *value) {
  if (value->presence == ETS_NIL) {
    ets_out_text(out, "null");
    return;
  }
  if (value->presence != ETS_PRESENT) {
    ets_out_text(out, "\"\"");
    return;
  }
  switch (value->kind) {
  case ETS_VALUE_TEXT:
  case ETS_VALUE_DATETIME:
    ets_json_string(out, value->text);
    break;
  case ETS_VALUE_INTEGER:
  case ETS_VALUE_DOUBLE:
  case ETS_VALUE_BOOLEAN:
    write_number(out, value);
    break;
  case ETS_VALUE_BINARY:
    ets_out_char(out, '"');
    ets_out_base64(out, value->bytes, value->size);
    ets_out_char(out, '"');
    break;
  case ETS_VALUE_OBJECT:
    if (value->text) { /* JSON already, see etsoap/rows.h */
      ets_out_text(out, value->text);
      break;
    }
    write_members(out, value->object);
    break;
  }
}

/* What was made in memory, as snprintf() gives it. */
static size_t give(struct ets_out *scratch, char *buffer, size_t size) {
  size_t length = 0;
  ets_out_char(scratch, '\0');
  if (!scratch->error)
    length = (size_t)snprintf(buffer, size, "%s", scratch->bytes);
  else if (size > 0)
    buffer[0] = '\0';
  ets_out_free(scratch);
  return length;
}

size_t ets_value_cell(const ets_value *value, char *buffer, size_t size) {
  bool made = value->kind == ETS_VALUE_OBJECT || value->kind == ETS_VALUE_BINARY;
  struct ets_out scratch;
  if (value->presence == ETS_PRESENT && value->text)
    return (size_t)snprintf(buffer, size, "%s", value->text);
  if (value->presence != ETS_PRESENT || !made)
    return ets_value_format(value, buffer, size);
  if (ets_out_open(&scratch, -1))
    ets_cell_of(value, &scratch);
  return give(&scratch, buffer, size);
}

size_t ets_get_json(ets_object object, const char *path, char *buffer, size_t size) {
  struct ets_out scratch;
  ets_value value = ets_get(object, path);
  if (ets_out_open(&scratch, -1)) {
    if (ets_json_is_array(&value, path))
      ets_json_array(&scratch, object, path);
    else if (value.presence != ETS_ABSENT)
      ets_json_value(&scratch, &value);
  }
  return give(&scratch, buffer, size);
}
