#include "ettrack/output/output.h"

#include "common/program.h"

#include "ettrack/output/cell.h"
#include "ettrack/output/value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { FLUSHED_FROM = 256 * 1024 };

static size_t terminal_width(int file) {
  struct winsize size;
  if (!isatty(file))
    return 0;
  return ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

size_t output_columns(const char *path) {
  bool to_stdout = !path || strcmp(path, "-") == 0;
  size_t width = to_stdout ? terminal_width(STDOUT_FILENO) : 0;
  return width ? width : 80;
}

int output_open(struct output *output, const struct writer *writer, const char *path,
                const struct columns *columns) {
  char *kept;
  output->writer = writer;
  output->columns = columns;
  output->rows = 0;
  output->state = NULL;
  output->lines = NULL;
  output->out = output->scratch = output->remark = (struct buffer){0};
  output->error = 0;
  output->dates = calloc(columns->count, sizeof *output->dates);
  int error = output->dates ? target_open(&output->target, path) : ENOMEM;
  if (error) {
    free(output->dates);
    return error;
  }
  output->width = terminal_width(output->target.file);
  if (output->writer->begin(output))
    return 0;
  output_close(output, false, &kept);
  free(kept);
  return ENOMEM;
}

/* Hands everything to the file. */
static void write_out(struct output *output) {
  size_t done = 0;
  if (output->out.failed || output->scratch.failed)
    output->error = output->error ? output->error : ENOMEM;
  while (done < output->out.size && !output->error) {
    ssize_t n = write(output->target.file, output->out.data + done, output->out.size - done);
    if (n >= 0)
      done += (size_t)n;
    else if (errno != EINTR)
      output->error = errno;
  }
  buffer_reset(&output->out);
}

/* When the first row comes, or the end. */
static void write_head(struct output *output) {
  if (output->head && output->writer->for_people)
    buffer_add(&output->out, output->head->data, output->head->size);
  output->head = NULL;
}

bool output_row(struct output *output, const char *type, ets_value *values) {
  for (size_t i = 0; output->rfc3339 && i < output->columns->count; i++)
    ets_value_rfc3339(&values[i], output->utc_offset, output->dates[i], sizeof output->dates[i]);
  write_head(output);
  output->writer->row(output, type, values);
  output->rows++;
  if (output->out.size >= FLUSHED_FROM || output->out.failed || output->scratch.failed)
    write_out(output);
  return !output->error;
}

bool output_flush(struct output *output) {
  if (output->writer->flush)
    output->writer->flush(output);
  write_out(output);
  return !output->error;
}

/* In lines that fit the terminal. */
static void say_remark(const struct output *output) {
  const char *text = buffer_text(&output->remark);
  struct buffer lines = {0};
  size_t prefix = strlen("ettrack: ");
  cell_write_lines(&lines, text, output->remark.size,
                   output->width > prefix ? output->width - prefix : 0, 0);
  for (const char *line = buffer_text(&lines); *line;) {
    size_t n = strcspn(line, "\n");
    complain("%.*s", (int)n, line);
    line += n + (line[n] == '\n');
  }
  buffer_free(&lines);
}

int output_close(struct output *output, bool complete, char **kept) {
  *kept = NULL;
  if (complete || output->rows > 0)
    write_head(output);
  output->writer->end(output, complete);
  if (!complete && output->rows == 0)
    buffer_reset(&output->out); /* a header alone says nothing */
  write_out(output);
  int error = output->error;
  if (complete && !error)
    error = target_commit(&output->target);
  else
    target_abandon(&output->target, output->rows > 0, kept);
  buffer_free(&output->out);
  buffer_free(&output->scratch);
  if (!error && output->remark.size > 0)
    say_remark(output);
  buffer_free(&output->remark);
  free(output->dates);
  output->dates = NULL;
  return error;
}
