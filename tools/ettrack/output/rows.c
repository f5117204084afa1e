/* CSV, TSV, JSON and NDJSON, by the library's writer of rows. */
#include "ettrack/output/output.h"

#include <errno.h>

static bool begin(struct output *output, ets_rows_format format) {
  ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
  options.format = format;
  options.columns = output->columns->items;
  options.column_count = output->columns->count;
  return ets_rows_open(&output->lines, output->target.file, &options, NULL) == ETS_OK;
}

static bool begin_csv(struct output *output) {
  return begin(output, ETS_ROWS_CSV);
}

static bool begin_tsv(struct output *output) {
  return begin(output, ETS_ROWS_TSV);
}

static bool begin_ndjson(struct output *output) {
  return begin(output, ETS_ROWS_NDJSON);
}

static bool begin_json(struct output *output) {
  return begin(output, ETS_ROWS_JSON);
}

static void row(struct output *output, const char *type, const ets_value *values) {
  (void)type;
  if (ets_rows_add_values(output->lines, values) != ETS_OK)
    output->error = errno;
}

static void flush(struct output *output) {
  if (ets_rows_flush(output->lines) != ETS_OK)
    output->error = errno;
}

static void end(struct output *output, bool complete) {
  if (ets_rows_close(output->lines, complete, NULL) != ETS_OK)
    output->error = errno;
  output->lines = NULL;
}

const struct writer writer_csv = {false, begin_csv, row, flush, end},
                    writer_tsv = {false, begin_tsv, row, flush, end},
                    writer_ndjson = {false, begin_ndjson, row, flush, end},
                    writer_json = {false, begin_json, row, flush, end};
