/* What a format of rows does. */
#ifndef ETS_ROWS_PRIVATE_H
#define ETS_ROWS_PRIVATE_H

#include "base/arena.h"
#include "rows/out.h"

#include <etsoap/rows.h>

struct ets_rows_writer {
  void (*begin)(ets_rows *rows);
  void (*row)(ets_rows *rows, const ets_value *values);
  void (*end)(ets_rows *rows, bool complete);
};

extern const struct ets_rows_writer ets_rows_csv, ets_rows_tsv, ets_rows_ndjson, ets_rows_json;

struct ets_rows {
  const struct ets_rows_writer *writer;
  struct ets_out out;
  struct ets_out scratch;  /* in memory: one value, or JSON's keys */
  struct ets_arena arena;  /* of what follows */
  struct ets_arena arrays; /* of the row in hand, as JSON */
  const char **columns;
  size_t column_count;
  ets_path *paths;        /* of the columns */
  ets_value *values;      /* of the row in hand */
  char (*dates)[40];      /* spelled out */
  struct ets_slice *keys; /* JSON: `"name":` of each column */
  bool rfc3339;
  int utc_offset;
  uint64_t count; /* of rows */
};

#endif
