/* XML: a `row` for each row, in it a `property` for each value that is not absent. Names of
 * properties are attributes, since the column of a data extension may hold blanks. */
#include "common/escape.h"
#include "ettrack/output/output.h"
#include "ettrack/output/value.h"

#include <string.h>

static bool xml_begin(struct output *output) {
  buffer_add_text(&output->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<rows xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n");
  return true;
}

static void xml_row(struct output *output, const char *type, const ets_value *values) {
  struct buffer *out = &output->out;
  buffer_add_text(out, "<row type=\"");
  escape_xml_attribute(out, type, strlen(type));
  buffer_add_text(out, "\">");
  for (size_t i = 0; i < output->columns->count; i++) {
    if (values[i].presence == ETS_ABSENT)
      continue;
    buffer_add_text(out, "<property name=\"");
    escape_xml_attribute(out, output->columns->items[i], strlen(output->columns->items[i]));
    if (values[i].presence == ETS_NIL) {
      buffer_add_text(out, "\" xsi:nil=\"true\"/>");
    } else if (values[i].presence == ETS_EMPTY) {
      buffer_add_text(out, "\"/>");
    } else {
      struct text text = value_text(&values[i], &output->scratch);
      buffer_add_text(out, "\">");
      escape_xml_attribute(out, text.bytes, text.size);
      buffer_add_text(out, "</property>");
    }
  }
  buffer_add_text(out, "</row>\n");
}

/* When rows are missing the document stays open, so that no reader takes it for whole. */
static void xml_end(struct output *output, bool complete) {
  if (complete)
    buffer_add_text(&output->out, "</rows>\n");
}

const struct writer writer_xml = {false, xml_begin, xml_row, NULL, xml_end};
