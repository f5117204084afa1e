/* CSV as RFC 4180 has it, and TSV with backslash escapes. */
#include "rows/rows_private.h"
#include "rows/value.h"

#include <string.h>

/* --- CSV ------------------------------------------------------------------------------------- */

static void csv_field(struct ets_out *out, const char *bytes, size_t n) {
  size_t i = 0;
  while (i < n && bytes[i] != '"' && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r')
    i++;
  if (i == n) {
    ets_out_write(out, bytes, n);
    return;
  }
  ets_out_char(out, '"');
  for (i = 0; i < n; i++) {
    if (bytes[i] == '"')
      ets_out_char(out, '"');
    ets_out_char(out, bytes[i]);
  }
  ets_out_char(out, '"');
}

static void csv_begin(ets_rows *rows) {
  for (size_t i = 0; i < rows->column_count; i++) {
    if (i > 0)
      ets_out_char(&rows->out, ',');
    csv_field(&rows->out, rows->columns[i], strlen(rows->columns[i]));
  }
  ets_out_write(&rows->out, "\r\n", 2);
}

static void csv_row(ets_rows *rows, const ets_value *values) {
  for (size_t i = 0; i < rows->column_count; i++) {
    if (i > 0)
      ets_out_char(&rows->out, ',');
    if (values[i].presence == ETS_EMPTY) {
      ets_out_write(&rows->out, "\"\"", 2);
    } else if (values[i].presence == ETS_PRESENT) {
      struct ets_slice cell = ets_cell_of(&values[i], &rows->scratch);
      csv_field(&rows->out, cell.bytes, cell.size);
    }
  }
  ets_out_write(&rows->out, "\r\n", 2);
}

static void no_end(ets_rows *rows, bool complete) {
  (void)rows;
  (void)complete;
}

const struct ets_rows_writer ets_rows_csv = {csv_begin, csv_row, no_end};

/* --- TSV ------------------------------------------------------------------------------------- */

static void tsv_field(struct ets_out *out, const char *bytes, size_t n) {
  static const char special[] = "\t\n\r\\", letters[] = "tnr\\";
  for (size_t i = 0; i < n; i++) {
    const char *found = bytes[i] ? strchr(special, bytes[i]) : NULL;
    if (found) {
      ets_out_char(out, '\\');
      ets_out_char(out, letters[found - special]);
    } else {
      ets_out_char(out, bytes[i]);
    }
  }
}

static void tsv_begin(ets_rows *rows) {
  for (size_t i = 0; i < rows->column_count; i++) {
    if (i > 0)
      ets_out_char(&rows->out, '\t');
    tsv_field(&rows->out, rows->columns[i], strlen(rows->columns[i]));
  }
  ets_out_char(&rows->out, '\n');
}

static void tsv_row(ets_rows *rows, const ets_value *values) {
  for (size_t i = 0; i < rows->column_count; i++) {
    if (i > 0)
      ets_out_char(&rows->out, '\t');
    if (values[i].presence == ETS_NIL) {
      ets_out_write(&rows->out, "\\N", 2);
    } else if (values[i].presence == ETS_PRESENT) {
      struct ets_slice cell = ets_cell_of(&values[i], &rows->scratch);
      tsv_field(&rows->out, cell.bytes, cell.size);
    }
  }
  ets_out_char(&rows->out, '\n');
}

const struct ets_rows_writer ets_rows_tsv = {tsv_begin, tsv_row, no_end};
