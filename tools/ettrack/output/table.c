/* Aligned columns. The first rows are held back to measure them; those that follow are written as
 * they come, so that memory does not grow with the number of rows. */
#include "ettrack/output/copies.h"
#include "ettrack/output/cell.h"
#include "ettrack/output/output.h"
#include "ettrack/output/width.h"
#include "ettrack/output/value.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MEASURED = 1000, NARROWEST = 8, GAP = 2 };

struct column {
  size_t width;
  bool numbers; /* and nothing else, so far: aligned right */
  bool any;
};

struct table {
  struct copies held;
  struct buffer cell;
  bool measured;
  struct column columns[];
};

static bool table_begin(struct output *output) {
  size_t count = output->column_count;
  struct table *table = calloc(1, sizeof *table + count * sizeof *table->columns);
  if (!table)
    return false;
  output->state = table;
  copies_init(&table->held, count);
  for (size_t i = 0; i < count; i++)
    table->columns[i] =
        (struct column){width_of(output->columns[i], strlen(output->columns[i])), true, false};
  return true;
}

static void measure(struct output *output, const ets_value *values) {
  struct table *table = output->state;
  for (size_t i = 0; i < output->column_count; i++) {
    struct column *column = &table->columns[i];
    buffer_reset(&table->cell);
    size_t width = cell_append(&table->cell, &values[i], &output->scratch);
    if (width > column->width)
      column->width = width;
    if (values[i].presence == ETS_PRESENT) {
      column->any = true;
      column->numbers = column->numbers && value_is_number(&values[i]);
    }
  }
}

/* Takes columns away from the widest until the row fits the terminal. */
static void fit(struct output *output) {
  struct table *table = output->state;
  size_t total = 0;
  for (size_t i = 0; i < output->column_count; i++)
    total += table->columns[i].width + (i > 0 ? GAP : 0);
  while (output->width > 0 && total > output->width) {
    struct column *widest = &table->columns[0];
    for (size_t i = 1; i < output->column_count; i++)
      if (table->columns[i].width > widest->width)
        widest = &table->columns[i];
    if (widest->width <= NARROWEST)
      break;
    widest->width--;
    total--;
  }
}

/* Without a terminal nothing is cut: what is wider than what was measured pushes the rest aside. */
static void write_cell(struct output *output, size_t i, const char *bytes, size_t n) {
  const struct table *table = output->state;
  const struct column *column = &table->columns[i];
  bool right = column->numbers && column->any;
  bool cut = output->width > 0;
  bool ragged = i + 1 == output->column_count && !right && !cut;
  cell_repeat(&output->out, ' ', i > 0 ? GAP : 0);
  cell_write(&output->out, bytes, n, ragged ? 0 : column->width, right, cut);
}

static void write_header(struct output *output) {
  const struct table *table = output->state;
  for (size_t i = 0; i < output->column_count; i++)
    write_cell(output, i, output->columns[i], strlen(output->columns[i]));
  buffer_add_char(&output->out, '\n');
  for (size_t i = 0; i < output->column_count; i++) {
    cell_repeat(&output->out, ' ', i > 0 ? GAP : 0);
    cell_repeat(&output->out, '-', table->columns[i].width);
  }
  buffer_add_char(&output->out, '\n');
}

static void write_row(struct output *output, const ets_value *values) {
  struct table *table = output->state;
  for (size_t i = 0; i < output->column_count; i++) {
    buffer_reset(&table->cell);
    cell_append(&table->cell, &values[i], &output->scratch);
    write_cell(output, i, buffer_text(&table->cell), table->cell.size);
  }
  buffer_add_char(&output->out, '\n');
}

static void write_held(struct output *output) {
  struct table *table = output->state;
  fit(output);
  write_header(output);
  for (size_t row = 0; row < table->held.rows; row++)
    write_row(output, copies_row(&table->held, row));
  copies_free(&table->held);
  table->measured = true;
}

static void table_row(struct output *output, const char *type, const ets_value *values) {
  struct table *table = output->state;
  if (table->measured) {
    write_row(output, values);
    return;
  }
  measure(output, values);
  if (!copies_add(&table->held, type, values))
    output->scratch.failed = true;
  if (table->held.rows == ROWS_MEASURED)
    write_held(output);
}

static void table_end(struct output *output, bool complete) {
  struct table *table = output->state;
  if (!table)
    return;
  if (!table->measured && (complete || output->rows > 0))
    write_held(output);
  copies_free(&table->held);
  buffer_free(&table->cell);
  free(table);
  output->state = NULL;
}

const struct writer writer_table = {true, table_begin, table_row, table_end};
