/* Rows on their way out, in the format asked for. Rows are written as they come; only a table
 * holds the first ones back, to know the widths of its columns. */
#ifndef ETTRACK_OUTPUT_OUTPUT_H
#define ETTRACK_OUTPUT_OUTPUT_H

#include "common/buffer.h"
#include "ettrack/columns/columns.h"
#include "ettrack/output/target.h"
#include "ettrack/output/writer.h"

#include <etsoap/rows.h>

struct output {
  const struct writer *writer;
  struct target target;
  struct buffer out;             /* on its way to the target */
  int error;                     /* errno of the first failure; from then on nothing is written */
  struct buffer scratch;         /* for one value at a time */
  const struct buffer *head;     /* comes before the first row for people; NULL: nothing */
  struct buffer remark;          /* about what was left out; said when the data is out */
  const struct columns *columns; /* borrowed */
  bool blocks;              /* a table that is too wide goes on below, led by its first column */
  const char *const *below; /* columns of a table that go below their rows where they do not fit */
  bool rfc3339;             /* dates with their zone, server time spelled out */
  int utc_offset;           /* of dates without zone, minutes */
  size_t width;             /* columns of the terminal; 0: as wide as it takes */
  uint64_t rows;
  char (*dates)[40];
  ets_rows *lines; /* the formats of the library */
  void *state;     /* the writer's */
};

/* Columns of the terminal that `path` (NULL or "-": stdout) goes to, 80 when it is none. */
size_t output_columns(const char *path);

/* Opens `path` (NULL or "-": stdout) and writes what comes before the first row. Returns 0, or
 * errno; then nothing is left to close. */
int output_open(struct output *output, const struct writer *writer, const char *path,
                const struct columns *columns);

/* Writes one row; the values may be changed. Returns false when the data does not get through. */
bool output_row(struct output *output, const char *type, ets_value *values);

/* Hands the rows that came to the target. Returns false when the data does not get through. A table
 * on a terminal still waits for the rows that it measures. */
bool output_flush(struct output *output);

/* Ends it. Complete: the document is closed and a file takes its place. Otherwise rows are missing:
 * a file with rows is kept as PATH.partial and *kept names it (free it). Returns 0, or errno. */
int output_close(struct output *output, bool complete, char **kept);

#endif
