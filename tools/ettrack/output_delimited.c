/* CSV as RFC 4180 has it, and TSV with backslash escapes. */
#include "output.h"
#include "value.h"

#include <string.h>

/* --- CSV ------------------------------------------------------------------------------------- */

static void csv_field(struct sink *sink, const char *bytes, size_t n) {
  size_t i = 0;
  while (i < n && bytes[i] != '"' && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r')
    i++;
  if (i == n) {
    sink_write(sink, bytes, n);
    return;
  }
  sink_char(sink, '"');
  for (i = 0; i < n; i++) {
    if (bytes[i] == '"')
      sink_char(sink, '"');
    sink_char(sink, bytes[i]);
  }
  sink_char(sink, '"');
}

static bool csv_begin(struct output *output) {
  for (size_t i = 0; i < output->column_count; i++) {
    if (i > 0)
      sink_char(&output->sink, ',');
    csv_field(&output->sink, output->columns[i], strlen(output->columns[i]));
  }
  sink_write(&output->sink, "\r\n", 2);
  return true;
}

static void csv_row(struct output *output, const char *type, const ets_value *values) {
  (void)type;
  for (size_t i = 0; i < output->column_count; i++) {
    if (i > 0)
      sink_char(&output->sink, ',');
    if (values[i].presence == ETS_EMPTY) {
      sink_write(&output->sink, "\"\"", 2);
    } else if (values[i].presence == ETS_PRESENT) {
      struct text text = value_text(&values[i], &output->scratch);
      csv_field(&output->sink, text.bytes, text.size);
    }
  }
  sink_write(&output->sink, "\r\n", 2);
}

static void no_end(struct output *output, bool complete) {
  (void)output;
  (void)complete;
}

const struct writer writer_csv = {csv_begin, csv_row, no_end};

/* --- TSV ------------------------------------------------------------------------------------- */

static void tsv_field(struct sink *sink, const char *bytes, size_t n) {
  static const char special[] = "\t\n\r\\", letters[] = "tnr\\";
  for (size_t i = 0; i < n; i++) {
    const char *found = bytes[i] ? strchr(special, bytes[i]) : NULL;
    if (found) {
      sink_char(sink, '\\');
      sink_char(sink, letters[found - special]);
    } else {
      sink_char(sink, bytes[i]);
    }
  }
}

static bool tsv_begin(struct output *output) {
  for (size_t i = 0; i < output->column_count; i++) {
    if (i > 0)
      sink_char(&output->sink, '\t');
    tsv_field(&output->sink, output->columns[i], strlen(output->columns[i]));
  }
  sink_char(&output->sink, '\n');
  return true;
}

static void tsv_row(struct output *output, const char *type, const ets_value *values) {
  (void)type;
  for (size_t i = 0; i < output->column_count; i++) {
    if (i > 0)
      sink_char(&output->sink, '\t');
    if (values[i].presence == ETS_NIL) {
      sink_write(&output->sink, "\\N", 2);
    } else if (values[i].presence == ETS_PRESENT) {
      struct text text = value_text(&values[i], &output->scratch);
      tsv_field(&output->sink, text.bytes, text.size);
    }
  }
  sink_char(&output->sink, '\n');
}

const struct writer writer_tsv = {tsv_begin, tsv_row, no_end};
