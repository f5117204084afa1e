/* JSON: one object a line (NDJSON), or the same lines in an array. Absent values have no member. */
#include "rows/rows_private.h"
#include "rows/value.h"

#include <errno.h>

/* `"name":` of each column, ready to be written. */
static void begin(ets_rows *rows) {
  struct ets_out *scratch = &rows->scratch;
  rows->keys = ets_arena_alloc(&rows->arena, rows->column_count * sizeof *rows->keys);
  for (size_t i = 0; rows->keys && i < rows->column_count; i++) {
    scratch->used = 0;
    ets_json_string(scratch, rows->columns[i]);
    ets_out_char(scratch, ':');
    const char *key = ets_arena_text(&rows->arena, scratch->bytes, scratch->used);
    rows->keys[i] = (struct ets_slice){key, scratch->used};
    if (!key)
      rows->keys = NULL;
  }
  if (!rows->keys)
    rows->out.error = ENOMEM;
}

static void write_object(ets_rows *rows, const ets_value *values) {
  struct ets_out *out = &rows->out;
  char separator = '{';
  for (size_t i = 0; i < rows->column_count; i++) {
    if (values[i].presence == ETS_ABSENT)
      continue;
    ets_out_char(out, separator);
    ets_out_write(out, rows->keys[i].bytes, rows->keys[i].size);
    ets_json_value(out, &values[i]);
    separator = ',';
  }
  if (separator == '{')
    ets_out_char(out, '{');
  ets_out_char(out, '}');
}

static void ndjson_row(ets_rows *rows, const ets_value *values) {
  write_object(rows, values);
  ets_out_char(&rows->out, '\n');
}

static void ndjson_end(ets_rows *rows, bool complete) {
  (void)rows;
  (void)complete;
}

const struct ets_rows_writer ets_rows_ndjson = {begin, ndjson_row, ndjson_end};

static void json_begin(ets_rows *rows) {
  ets_out_char(&rows->out, '[');
  begin(rows);
}

static void json_row(ets_rows *rows, const ets_value *values) {
  ets_out_text(&rows->out, rows->count > 0 ? ",\n" : "\n");
  write_object(rows, values);
}

/* When rows are missing the array stays open, so that no reader takes it for whole. */
static void json_end(ets_rows *rows, bool complete) {
  if (complete)
    ets_out_text(&rows->out, rows->count > 0 ? "\n]\n" : "]\n");
  else
    ets_out_char(&rows->out, '\n');
}

const struct ets_rows_writer ets_rows_json = {json_begin, json_row, json_end};
