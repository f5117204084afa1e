#include "export/waiting.h"

#include "export/reading.h"

#include <stdlib.h>
#include <string.h>

/* A value as it waits, a quarter of its size. */
struct ets_waiting_cell {
  const char *text;
  union {
    int64_t integer;
    double real;
  } as;
  unsigned char presence, kind;
};

bool ets_waiting_begin(struct ets_waiting *rows, const ets_export_span *span, size_t most) {
  *rows = (struct ets_waiting){.span = span};
  rows->paths = ets_reading_paths(span->table);
  rows->cells = calloc(span->table->column_count * most, sizeof *rows->cells);
  rows->dates = calloc(most, sizeof *rows->dates);
  return rows->paths && rows->cells && rows->dates;
}

void ets_waiting_free(struct ets_waiting *rows) {
  ets_arena_free(&rows->arena);
  free(rows->paths);
  free(rows->cells);
  free(rows->dates);
}

static bool keep_value(struct ets_waiting *rows, struct ets_waiting_cell *kept,
                       const ets_value *value) {
  *kept = (struct ets_waiting_cell){.presence = (unsigned char)value->presence,
                                    .kind = (unsigned char)value->kind};
  if (value->presence == ETS_ABSENT)
    return true;
  if (value->kind == ETS_VALUE_OBJECT || value->kind == ETS_VALUE_BINARY || value->count > 0)
    return false;
  if (value->kind == ETS_VALUE_DOUBLE)
    kept->as.real = value->real;
  else
    kept->as.integer = value->integer;
  if (value->text)
    kept->text = ets_arena_text(&rows->arena, value->text, strlen(value->text));
  return kept->text || !value->text;
}

static ets_value value_of(const struct ets_waiting_cell *kept) {
  ets_value value = {.presence = (ets_presence)kept->presence,
                     .kind = (ets_value_kind)kept->kind,
                     .text = kept->text};
  if (value.kind == ETS_VALUE_DOUBLE)
    value.real = kept->as.real;
  else
    value.integer = kept->as.integer;
  return value;
}

bool ets_waiting_keep(struct ets_waiting *rows, ets_object row) {
  const ets_export_table *table = rows->span->table;
  struct ets_waiting_cell *kept = rows->cells + rows->count * table->column_count;
  ets_time time;
  for (size_t i = 0; i < table->column_count; i++) {
    const ets_value value = ets_path_get(&rows->paths[i], row);
    if (!keep_value(rows, &kept[i], &value))
      return false;
  }
  const char *date = kept[table->date].text;
  bool known = date && ets_time_parse(&time, date, rows->span->utc_offset) == ETS_OK;
  rows->dates[rows->count++] = known ? time.microseconds : 0;
  return true;
}

void ets_waiting_get(ets_value *values, const struct ets_waiting *rows, size_t index) {
  const size_t columns = rows->span->table->column_count;
  for (size_t i = 0; i < columns; i++)
    values[i] = value_of(&rows->cells[index * columns + i]);
}
