/* JSON: one object a line (ndjson), or the same lines in an array. Absent values have no member. */
#include "output.h"
#include "value.h"

#include <stdlib.h>
#include <string.h>

/* `"name":` of each column, ready to be written. */
struct keys {
  struct sink text;
  size_t ends[];
};

static bool begin(struct output *output) {
  struct keys *keys = malloc(sizeof *keys + output->column_count * sizeof *keys->ends);
  if (!keys)
    return false;
  output->state = keys;
  if (!sink_open(&keys->text, -1))
    return false;
  for (size_t i = 0; i < output->column_count; i++) {
    value_json_string(&keys->text, output->columns[i], strlen(output->columns[i]));
    sink_char(&keys->text, ':');
    keys->ends[i] = keys->text.used;
  }
  return !keys->text.error;
}

static void write_object(struct output *output, const ets_value *values) {
  const struct keys *keys = output->state;
  char separator = '{';
  for (size_t i = 0; i < output->column_count; i++) {
    if (values[i].presence == ETS_ABSENT)
      continue;
    size_t start = i > 0 ? keys->ends[i - 1] : 0;
    sink_char(&output->sink, separator);
    sink_write(&output->sink, keys->text.bytes + start, keys->ends[i] - start);
    value_json(&output->sink, &values[i]);
    separator = ',';
  }
  if (separator == '{')
    sink_char(&output->sink, '{');
  sink_char(&output->sink, '}');
}

static void free_keys(struct output *output) {
  struct keys *keys = output->state;
  if (keys)
    sink_free(&keys->text);
  free(keys);
  output->state = NULL;
}

static void ndjson_row(struct output *output, const char *type, const ets_value *values) {
  (void)type;
  write_object(output, values);
  sink_char(&output->sink, '\n');
}

static void ndjson_end(struct output *output, bool complete) {
  (void)complete;
  free_keys(output);
}

const struct writer writer_ndjson = {begin, ndjson_row, ndjson_end};

static bool json_begin(struct output *output) {
  sink_char(&output->sink, '[');
  return begin(output);
}

static void json_row(struct output *output, const char *type, const ets_value *values) {
  (void)type;
  sink_text(&output->sink, output->rows > 0 ? ",\n" : "\n");
  write_object(output, values);
}

/* When rows are missing the array stays open, so that no reader takes it for whole. */
static void json_end(struct output *output, bool complete) {
  if (complete)
    sink_text(&output->sink, output->rows > 0 ? "\n]\n" : "]\n");
  else
    sink_char(&output->sink, '\n');
  free_keys(output);
}

const struct writer writer_json = {json_begin, json_row, json_end};
