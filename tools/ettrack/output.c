#include "output.h"

#include "value.h"

#include <etsoap/time.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const struct {
  const char *name;
  const struct writer *writer;
} formats[] = {
    [FORMAT_TABLE] = {"table", &writer_table}, [FORMAT_CSV] = {"csv", &writer_csv},
    [FORMAT_TSV] = {"tsv", &writer_tsv},       [FORMAT_NDJSON] = {"ndjson", &writer_ndjson},
    [FORMAT_JSON] = {"json", &writer_json},    [FORMAT_XML] = {"xml", &writer_xml},
    [FORMAT_SHEET] = {NULL, &writer_sheet},
};

bool format_find(enum format *format, const char *name) {
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (formats[i].name && strcmp(formats[i].name, name) == 0) {
      *format = (enum format)i;
      return true;
    }
  return false;
}

static size_t terminal_width(int file) {
  struct winsize size;
  if (!isatty(file))
    return 0;
  return ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

int output_open(struct output *output, enum format format, const char *path,
                const char *const *columns, size_t column_count) {
  char *kept;
  output->writer = formats[format].writer;
  output->columns = columns;
  output->column_count = column_count;
  output->rows = 0;
  output->state = NULL;
  output->lines = NULL;
  output->scratch = (struct sink){.file = -1};
  output->sink = (struct sink){.file = -1};
  output->dates = calloc(column_count, sizeof *output->dates);
  int error = output->dates ? target_open(&output->target, path) : ENOMEM;
  if (error) {
    free(output->dates);
    return error;
  }
  output->width = terminal_width(output->target.file);
  if (sink_open(&output->sink, output->target.file) && output->writer->begin(output))
    return 0;
  output_close(output, false, &kept);
  free(kept);
  return ENOMEM;
}

static void spell_out_dates(struct output *output, ets_value *values) {
  ets_time time;
  for (size_t i = 0; i < output->column_count; i++)
    if (values[i].kind == ETS_VALUE_DATETIME && values[i].presence == ETS_PRESENT &&
        ets_time_parse(&time, values[i].text, output->utc_offset) == ETS_OK) {
      ets_time_format(time, output->dates[i], sizeof output->dates[i]);
      values[i].text = output->dates[i];
    }
}

bool output_row(struct output *output, const char *type, ets_value *values) {
  if (output->rfc3339)
    spell_out_dates(output, values);
  output->writer->row(output, type, values);
  output->rows++;
  return !output->sink.error && !output->scratch.error;
}

int output_close(struct output *output, bool complete, char **kept) {
  *kept = NULL;
  output->writer->end(output, complete);
  if (!complete && output->rows == 0)
    output->sink.used = 0; /* a header alone says nothing */
  sink_flush(&output->sink);
  int error = output->sink.error ? output->sink.error : output->scratch.error;
  if (complete && !error)
    error = target_commit(&output->target);
  else
    target_abandon(&output->target, output->rows > 0, kept);
  sink_free(&output->sink);
  sink_free(&output->scratch);
  free(output->dates);
  output->dates = NULL;
  return error;
}
