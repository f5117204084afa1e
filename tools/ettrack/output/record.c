#include "ettrack/output/record.h"

#include "ettrack/output/cell.h"
#include "ettrack/output/value.h"
#include "ettrack/output/width.h"

#include <string.h>

enum { GAP = 2, NAME_LEAST = 12, DATE_COLUMNS = 23 };

static bool is_shown(const struct output *output, const ets_value *values, size_t i) {
  int rank = output->columns->ranks[i];
  return rank <= COLUMN_ALWAYS || (rank < COLUMN_WHEN_WIDE && values[i].presence != ETS_ABSENT);
}

/* Columns for the names: as wide as the widest, unless that leaves too little for a date. */
static size_t name_columns(const struct output *output) {
  size_t widest = 0, most = output->width > GAP + DATE_COLUMNS + NAME_LEAST
                                ? output->width - GAP - DATE_COLUMNS
                                : NAME_LEAST;
  for (size_t i = 0; i < output->columns->count; i++) {
    const char *name = output->columns->items[i];
    size_t width = width_of(name, strlen(name));
    if (output->columns->ranks[i] < COLUMN_WHEN_WIDE && width > widest)
      widest = width;
  }
  return widest < most ? widest : most;
}

/* Behind the name, which takes so many columns, or in a line of its own when it fits only there. */
static void write_value(struct output *output, const char *text, size_t n, size_t name,
                        size_t indent, bool firm) {
  size_t room = output->width > indent ? output->width - indent : 0, width = width_of(text, n);
  if (width > room && (firm || room + 1 < DATE_COLUMNS || width + GAP <= output->width)) {
    buffer_add_char(&output->out, '\n');
    name = 0;
    indent = GAP;
    room = output->width > GAP ? output->width - GAP : 0;
  }
  cell_repeat(&output->out, ' ', indent - name);
  cell_write_lines(&output->out, text, n, firm ? 0 : room, indent);
}

void record_write(struct output *output, const ets_value *values, struct buffer *cell) {
  size_t names = name_columns(output);
  for (size_t i = 0; i < output->columns->count; i++) {
    const char *name = output->columns->items[i];
    if (!is_shown(output, values, i))
      continue;
    buffer_reset(cell);
    cell_append(cell, &values[i], &output->scratch);
    size_t width = width_of(name, strlen(name));
    buffer_add_text(&output->out, name);
    if (cell->size > 0)
      write_value(output, buffer_text(cell), cell->size, width,
                  (width > names ? width : names) + GAP,
                  value_is_firm(&values[i], buffer_text(cell), cell->size));
    buffer_add_char(&output->out, '\n');
  }
}
