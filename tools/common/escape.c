#include "common/escape.h"

#include "common/utf8.h"

/* What to write for a character in place of itself; NULL: itself. `character` of what is no UTF-8
 * is INVALID, `byte` is its first byte. */
typedef const char *replacer(uint32_t character, unsigned char byte, char scratch[16]);

enum { INVALID = 0x110000 };

static void escape(struct buffer *buffer, const char *text, size_t size, replacer *replace) {
  const char *at = text, *end = text + size, *run = text;
  char scratch[16];
  while (at < end) {
    uint32_t character;
    size_t length = utf8_decode(&character, at, end);
    const char *other = replace(length ? character : INVALID, (unsigned char)*at, scratch);
    length = length ? length : 1;
    if (other) {
      buffer_add(buffer, run, (size_t)(at - run));
      buffer_add_text(buffer, other);
      run = at + length;
    }
    at += length;
  }
  buffer_add(buffer, run, (size_t)(at - run));
}

/* `\x1b` with two digits, `\u202e` with four. */
static const char *in_hex(char scratch[16], char letter, int digits, uint32_t number) {
  static const char hex[] = "0123456789abcdef";
  scratch[0] = '\\';
  scratch[1] = letter;
  scratch[digits + 2] = '\0';
  for (; digits > 0; digits--, number >>= 4)
    scratch[digits + 1] = hex[number & 15];
  return scratch;
}

/* --- JSON ------------------------------------------------------------------------------------ */

static const char *json(uint32_t character, unsigned char byte, char scratch[16]) {
  (void)byte;
  switch (character) {
  case '"':
    return "\\\"";
  case '\\':
    return "\\\\";
  case '\n':
    return "\\n";
  case '\r':
    return "\\r";
  case '\t':
    return "\\t";
  case INVALID:
    return UTF8_REPLACEMENT;
  default:
    return character < 0x20 || character == 0x7F ? in_hex(scratch, 'u', 4, character) : NULL;
  }
}

void escape_json(struct buffer *buffer, const char *text, size_t size) {
  buffer_add_char(buffer, '"');
  escape(buffer, text, size, json);
  buffer_add_char(buffer, '"');
}

/* --- XML ------------------------------------------------------------------------------------- */

static const char *xml(uint32_t character, unsigned char byte, char scratch[16]) {
  (void)byte;
  (void)scratch;
  switch (character) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\r':
    return "&#13;";
  case '\n':
  case '\t':
    return NULL;
  case 0xFFFE:
  case 0xFFFF:
  case INVALID:
    return UTF8_REPLACEMENT;
  default:
    return character < 0x20 ? UTF8_REPLACEMENT : NULL;
  }
}

static const char *xml_attribute(uint32_t character, unsigned char byte, char scratch[16]) {
  if (character == '\n')
    return "&#10;";
  if (character == '\t')
    return "&#9;";
  return xml(character, byte, scratch);
}

void escape_xml(struct buffer *buffer, const char *text, size_t size) {
  escape(buffer, text, size, xml);
}

void escape_xml_attribute(struct buffer *buffer, const char *text, size_t size) {
  escape(buffer, text, size, xml_attribute);
}

/* --- a terminal ------------------------------------------------------------------------------ */

/* The characters with the property Bidi_Control, and what ends a line or a paragraph. */
static bool turns_or_breaks(uint32_t character) {
  return character == 0x061C || character == 0x200E || character == 0x200F ||
         (character >= 0x2028 && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

static const char *terminal(uint32_t character, unsigned char byte, char scratch[16]) {
  switch (character) {
  case '\n':
    return "\\n";
  case '\r':
    return "\\r";
  case '\t':
    return "\\t";
  case INVALID:
    return in_hex(scratch, 'x', 2, byte);
  default:
    if (character < 0x20 || (character >= 0x7F && character < 0xA0))
      return in_hex(scratch, 'x', 2, character);
    return turns_or_breaks(character) ? in_hex(scratch, 'u', 4, character) : NULL;
  }
}

void escape_terminal(struct buffer *buffer, const char *text, size_t size) {
  escape(buffer, text, size, terminal);
}
