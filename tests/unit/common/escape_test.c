/* Text on its way into JSON, XML and onto a terminal. */
#include "../unit/unit.h"

#include "common/escape.h"

#include <string.h>

typedef void escaper(struct buffer *, const char *, size_t);

static void expect(escaper *escape, const char *text, const char *expected) {
  struct buffer buffer = {0};
  escape(&buffer, text, strlen(text));
  assert_string_equal(buffer_text(&buffer), expected);
  buffer_free(&buffer);
}

static void json_is_what_a_parser_gives_back(void **state) {
  (void)state;
  expect(escape_json, "", "\"\"");
  expect(escape_json, "a\"b\\c/d", "\"a\\\"b\\\\c/d\"");
  expect(escape_json, "\n\r\t\x01\x1b\x7f", "\"\\n\\r\\t\\u0001\\u001b\\u007f\"");
  expect(escape_json, "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80",
         "\"gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80\"");
  expect(escape_json, "a\xFFz", "\"a\xEF\xBF\xBDz\"");
  expect(escape_json, "\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

static void xml_is_what_a_parser_gives_back(void **state) {
  (void)state;
  expect(escape_xml, "<a b=\"1\">&\r\n\t", "&lt;a b=&quot;1&quot;&gt;&amp;&#13;\n\t");
  expect(escape_xml_attribute, "a\r\n\tb", "a&#13;&#10;&#9;b");
  expect(escape_xml, "\x01\xEF\xBF\xBF\xFF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void nothing_drives_a_terminal(void **state) {
  (void)state;
  expect(escape_terminal, "a\x1b[31mb", "a\\x1b[31mb");
  expect(escape_terminal, "\n\r\t\x7f", "\\n\\r\\t\\x7f");
  expect(escape_terminal,
         "C1 \xC2\x9B"
         "2J",
         "C1 \\x9b2J");
  expect(escape_terminal, "raw \x9B", "raw \\x9b");
  expect(escape_terminal,
         "\xE2\x80\xAE"
         "abc"
         "\xE2\x81\xA9",
         "\\u202eabc\\u2069");
  expect(escape_terminal,
         "\xE2\x80\xA8"
         "\xD8\x9C"
         "\xE2\x80\x8F",
         "\\u2028\\u061c\\u200f");
  expect(escape_terminal, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(json_is_what_a_parser_gives_back),
                                     cmocka_unit_test(xml_is_what_a_parser_gives_back),
                                     cmocka_unit_test(nothing_drives_a_terminal)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
