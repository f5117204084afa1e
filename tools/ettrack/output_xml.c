/* XML: a `row` for each row, in it a `property` for each value that is not absent. Names of
 * properties are attributes, since the column of a data extension may hold blanks. */
#include "output.h"
#include "text.h"
#include "value.h"

#include <string.h>

static const char *entity_of(char byte) {
  switch (byte) {
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
    return "&#10;";
  case '\t':
    return "&#9;";
  default: /* a control character, or no UTF-8 */
    return "\xEF\xBF\xBD";
  }
}

/* Length of what may stand as it is, 0 when the byte has to be replaced. */
static size_t plain(const char *at, const char *end) {
  uint32_t character;
  unsigned char byte = (unsigned char)*at;
  if (byte >= 0x80) {
    size_t length = text_decode(&character, at, end);
    return length && character != 0xFFFE && character != 0xFFFF ? length : 0;
  }
  return byte >= 0x20 && byte != '&' && byte != '<' && byte != '>' && byte != '"' ? 1 : 0;
}

static void xml_text(struct sink *sink, const char *text, size_t n) {
  const char *at = text, *end = text + n;
  while (at < end) {
    const char *run = at;
    size_t length;
    while (at < end && (length = plain(at, end)) > 0)
      at += length;
    sink_write(sink, run, (size_t)(at - run));
    if (at < end)
      sink_text(sink, entity_of(*at++));
  }
}

static bool xml_begin(struct output *output) {
  sink_text(&output->sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<rows xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n");
  return true;
}

static void xml_row(struct output *output, const char *type, const ets_value *values) {
  struct sink *sink = &output->sink;
  sink_text(sink, "<row type=\"");
  xml_text(sink, type, strlen(type));
  sink_text(sink, "\">");
  for (size_t i = 0; i < output->column_count; i++) {
    if (values[i].presence == ETS_ABSENT)
      continue;
    sink_text(sink, "<property name=\"");
    xml_text(sink, output->columns[i], strlen(output->columns[i]));
    if (values[i].presence == ETS_NIL) {
      sink_text(sink, "\" xsi:nil=\"true\"/>");
    } else if (values[i].presence == ETS_EMPTY) {
      sink_text(sink, "\"/>");
    } else {
      struct text text = value_text(&values[i], &output->scratch);
      sink_text(sink, "\">");
      xml_text(sink, text.bytes, text.size);
      sink_text(sink, "</property>");
    }
  }
  sink_text(sink, "</row>\n");
}

/* When rows are missing the document stays open, so that no reader takes it for whole. */
static void xml_end(struct output *output, bool complete) {
  if (complete)
    sink_text(&output->sink, "</rows>\n");
}

const struct writer writer_xml = {xml_begin, xml_row, xml_end};
