/* Rows into COPY's text. */
#include "ettrack/sinks/postgres_sink.h"

#include <etsoap/rows.h>

#include <string.h>

enum { SEND_AT = 64 * 1024 };

static const char rows_text[] = "rows cannot be written";

/* COPY takes a tab, line ends and backslashes by a letter. */
static const char letters[256] = {['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\'};

static void add_text(struct buffer *out, const char *text) {
  size_t length = strlen(text);
  if (!buffer_reserve(out, 2 * length))
    return;
  char *to = out->data + out->size;
  for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
    if (letters[*at]) {
      *to++ = '\\';
      *to++ = letters[*at];
    } else {
      *to++ = (char)*at;
    }
  }
  *to = '\0';
  out->size = (size_t)(to - out->data);
}

static void add_double(struct buffer *out, double real) {
  const ets_value value = {.presence = ETS_PRESENT, .kind = ETS_VALUE_DOUBLE, .real = real};
  char text[64];
  ets_value_format(&value, text, sizeof text);
  buffer_add_text(out, text);
}

static void add_cell(struct buffer *out, const struct cell *cell) {
  buffer_add_char(out, '\t');
  switch (cell->kind) {
  case CELL_NULL:
    buffer_add(out, "\\N", 2);
    break;
  case CELL_INTEGER:
    buffer_add_integer(out, cell->integer);
    break;
  case CELL_BOOLEAN:
    buffer_add_char(out, cell->integer ? 't' : 'f');
    break;
  case CELL_DOUBLE:
    add_double(out, cell->real);
    break;
  case CELL_TEXT:
    add_text(out, cell->text);
    break;
  }
}

static ets_status send(struct postgres_sink *sink, ets_error *error) {
  ets_status status =
      postgres_put(sink, rows_text, buffer_text(&sink->out), (int)sink->out.size, error);
  buffer_reset(&sink->out);
  return status;
}

static ets_status begin_copy(struct postgres_sink *sink, ets_error *error) {
  ets_status status = postgres_run(sink, rows_text, buffer_text(&sink->copy), error);
  sink->copying = status == ETS_OK;
  return status;
}

ets_status postgres_row(void *context, const ets_value *values, ets_error *error) {
  struct postgres_sink *sink = context;
  const ets_export_table *table = sink->span.table;
  struct buffer *out = &sink->out;
  ets_status status = sink->copying ? ETS_OK : begin_copy(sink, error);
  if (status != ETS_OK)
    return status;
  cells_begin(&sink->cells);
  buffer_add_text(out, sink->prefix);
  for (size_t i = 0; i < table->column_count; i++) {
    struct cell cell =
        cell_of(&sink->cells, table->columns[i].name, sink->table->kinds[i], &values[i]);
    add_cell(out, &cell);
  }
  struct cell unfit = cells_unfit(&sink->cells);
  add_cell(out, &unfit);
  buffer_add_char(out, '\n');
  if (out->failed || !cells_whole(&sink->cells))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  return out->size >= SEND_AT ? send(sink, error) : ETS_OK;
}

ets_status postgres_end_copy(struct postgres_sink *sink, ets_error *error) {
  ets_status status = ETS_OK;
  if (!sink->copying)
    return ETS_OK;
  if (sink->out.size > 0)
    status = send(sink, error);
  if (status != ETS_OK)
    return status;
  sink->copying = false;
  return postgres_end(sink, rows_text, false, error);
}
