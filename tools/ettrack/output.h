/* Rows on their way out, in the format asked for. Rows are written as they come; only a table
 * holds the first ones back, to know the widths of its columns. */
#ifndef ETTRACK_OUTPUT_H
#define ETTRACK_OUTPUT_H

#include "sink.h"
#include "target.h"

#include <etsoap/rows.h>

enum format {
  FORMAT_TABLE,
  FORMAT_CSV,
  FORMAT_TSV,
  FORMAT_NDJSON,
  FORMAT_JSON,
  FORMAT_XML,
  FORMAT_SHEET /* the summary of a send for people: what `table` means there */
};

/* "table", "csv"... Returns false for another name. */
bool format_find(enum format *format, const char *name);

struct output;

/* What a format does. */
struct writer {
  bool (*begin)(struct output *output);
  void (*row)(struct output *output, const char *type, const ets_value *values);
  void (*end)(struct output *output, bool complete);
};

struct output {
  const struct writer *writer;
  struct target target;
  struct sink sink;
  struct sink scratch;        /* memory, for one value at a time */
  const char *const *columns; /* borrowed */
  size_t column_count;
  bool rfc3339;   /* dates with their zone, server time spelled out */
  int utc_offset; /* of dates without zone, minutes */
  size_t width;   /* columns of the terminal; 0: as wide as it takes */
  uint64_t rows;
  char (*dates)[40];
  ets_rows *lines; /* the formats of the library */
  void *state;     /* the writer's */
};

/* Opens `path` (NULL or "-": stdout) and writes what comes before the first row. Returns 0, or
 * errno; then nothing is left to close. */
int output_open(struct output *output, enum format format, const char *path,
                const char *const *columns, size_t column_count);

/* Writes one row; the values may be changed. Returns false when the data does not get through. */
bool output_row(struct output *output, const char *type, ets_value *values);

/* Ends it. Complete: the document is closed and a file takes its place. Otherwise rows are missing:
 * a file with rows is kept as PATH.partial and *kept names it (free it). Returns 0, or errno. */
int output_close(struct output *output, bool complete, char **kept);

extern const struct writer writer_table, writer_csv, writer_tsv, writer_ndjson, writer_json,
    writer_xml, writer_sheet;

#endif
