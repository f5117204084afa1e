#include "rows/rows_private.h"
#include "rows/value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  const struct ets_rows_writer *writer;
} formats[] = {
    [ETS_ROWS_CSV] = {"csv", &ets_rows_csv},
    [ETS_ROWS_TSV] = {"tsv", &ets_rows_tsv},
    [ETS_ROWS_NDJSON] = {"ndjson", &ets_rows_ndjson},
    [ETS_ROWS_JSON] = {"json", &ets_rows_json},
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

bool ets_rows_format_find(ets_rows_format *format, const char *name) {
  for (size_t i = 0; i < FORMAT_COUNT; i++)
    if (strcmp(formats[i].name, name) == 0) {
      *format = (ets_rows_format)i;
      return true;
    }
  return false;
}

static ets_status check(const ets_rows_options *options, ets_error *error) {
  if (options->version != ETS_ROWS_OPTIONS_VERSION || (size_t)options->format >= FORMAT_COUNT)
    return ets_error_set(error, ETS_E_USAGE, "rows: start from ETS_ROWS_OPTIONS_INIT");
  if (options->column_count == 0)
    return ets_error_set(error, ETS_E_USAGE, "rows: no columns; name at least one");
  return ETS_OK;
}

static bool make_columns(ets_rows *rows, const ets_rows_options *options) {
  size_t count = rows->column_count = options->column_count;
  rows->columns = ets_arena_zalloc(&rows->arena, count * sizeof *rows->columns);
  rows->paths = ets_arena_zalloc(&rows->arena, count * sizeof *rows->paths);
  rows->values = ets_arena_zalloc(&rows->arena, count * sizeof *rows->values);
  rows->dates = ets_arena_zalloc(&rows->arena, count * sizeof *rows->dates);
  if (!rows->columns || !rows->paths || !rows->values || !rows->dates)
    return false;
  for (size_t i = 0; i < count; i++) {
    const char *name = options->columns[i];
    rows->columns[i] = ets_arena_text(&rows->arena, name, strlen(name));
    if (!rows->columns[i])
      return false;
    rows->paths[i] = ets_path_of(rows->columns[i]);
  }
  return true;
}

static void free_rows(ets_rows *rows) {
  ets_out_free(&rows->out);
  ets_out_free(&rows->scratch);
  ets_arena_free(&rows->arena);
  ets_arena_free(&rows->arrays);
  free(rows);
}

/* Out of memory leaves ENOMEM where a failed write leaves its errno. */
static ets_status status_of(const ets_rows *rows) {
  int reason = rows->out.error ? rows->out.error : rows->scratch.error;
  if (reason)
    errno = reason;
  return reason == ENOMEM ? ETS_E_NOMEM : reason ? ETS_E_IO : ETS_OK;
}

static ets_status report(ets_status status, ets_error *error) {
  int reason = errno;
  if (status == ETS_E_NOMEM)
    ets_error_set(error, status, "out of memory");
  else if (status != ETS_OK)
    ets_error_set(error, status, "cannot write the rows: %s", strerror(reason));
  errno = reason;
  return status;
}

/* `out` is the rows' from now on. */
static ets_status open_rows(ets_rows **rows, struct ets_out *out, const ets_rows_options *options,
                            ets_error *error) {
  ets_rows *made = calloc(1, sizeof *made);
  if (!made) {
    ets_out_free(out);
    return report(ETS_E_NOMEM, error);
  }
  made->out = *out;
  made->writer = formats[options->format].writer;
  made->rfc3339 = options->rfc3339;
  made->utc_offset = options->utc_offset;
  if (!made->out.error && ets_out_open(&made->scratch, -1) && make_columns(made, options))
    made->writer->begin(made);
  else
    made->out.error = ENOMEM;
  ets_status status = report(status_of(made), error);
  if (status != ETS_OK)
    free_rows(made);
  else
    *rows = made;
  return status;
}

ets_status ets_rows_open(ets_rows **rows, int file, const ets_rows_options *options,
                         ets_error *error) {
  struct ets_out out;
  *rows = NULL;
  ets_status status = file < 0 ? ets_error_set(error, ETS_E_USAGE, "rows: %d is no file", file)
                               : check(options, error);
  if (status != ETS_OK)
    return status;
  ets_out_open(&out, file);
  return open_rows(rows, &out, options, error);
}

ets_status ets_rows_open_to(ets_rows **rows, ets_rows_taker *taker, void *context,
                            const ets_rows_options *options, ets_error *error) {
  struct ets_out out;
  *rows = NULL;
  ets_status status = check(options, error);
  if (status != ETS_OK)
    return status;
  ets_out_open_taker(&out, taker, context);
  return open_rows(rows, &out, options, error);
}

/* `from` and rows->values may be the same. */
static void spell_out_dates(ets_rows *rows, const ets_value *from) {
  for (size_t i = 0; i < rows->column_count; i++) {
    rows->values[i] = from[i];
    ets_value_rfc3339(&rows->values[i], rows->utc_offset, rows->dates[i], sizeof rows->dates[i]);
  }
}

ets_status ets_rows_add_values(ets_rows *rows, const ets_value *values) {
  ets_status status = status_of(rows);
  if (status != ETS_OK)
    return status;
  if (rows->rfc3339) {
    spell_out_dates(rows, values);
    values = rows->values;
  }
  rows->writer->row(rows, values);
  rows->count++;
  return status_of(rows);
}

/* An array as JSON that is ready, since a value stands for one item only. */
static ets_value array_value(ets_rows *rows, ets_object row, const char *path) {
  rows->scratch.used = 0;
  ets_json_array(&rows->scratch, row, path);
  const char *text = ets_arena_text(&rows->arrays, rows->scratch.bytes, rows->scratch.used);
  if (!text)
    rows->scratch.error = ENOMEM;
  return (ets_value){.presence = ETS_PRESENT, .kind = ETS_VALUE_OBJECT, .text = text};
}

ets_status ets_rows_add(ets_rows *rows, ets_object row) {
  ets_arena_reset(&rows->arrays);
  for (size_t i = 0; i < rows->column_count; i++) {
    rows->values[i] = ets_path_get(&rows->paths[i], row);
    if (ets_json_is_array(&rows->values[i], rows->columns[i]))
      rows->values[i] = array_value(rows, row, rows->columns[i]);
  }
  return ets_rows_add_values(rows, rows->values);
}

ets_status ets_rows_flush(ets_rows *rows) {
  ets_out_flush(&rows->out);
  return status_of(rows);
}

ets_status ets_rows_close(ets_rows *rows, bool complete, ets_error *error) {
  if (!rows)
    return ETS_OK;
  if (complete || rows->count > 0) {
    rows->writer->end(rows, complete);
    ets_out_flush(&rows->out);
  }
  ets_status status = report(status_of(rows), error);
  free_rows(rows);
  return status;
}
