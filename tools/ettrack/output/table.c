/* Aligned columns. The first rows are held back to measure them; those that follow are written as
 * they come, so that memory does not grow with the number of rows. */
#include "ettrack/output/cell.h"
#include "ettrack/output/copies.h"
#include "ettrack/output/layout.h"
#include "ettrack/output/output.h"
#include "ettrack/output/record.h"
#include "ettrack/output/value.h"
#include "ettrack/output/width.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MEASURED = 1000, MISSING_NAMED = 10, BELOW_INDENT = 2, BELOW_LEAST = 20 };

struct table {
  struct copies held;
  struct buffer cell;
  bool measured;
  bool records;       /* one below the other, not rows */
  bool any;           /* of them was written */
  size_t first, last; /* columns that are shown */
  struct layout_column columns[];
};

static bool table_begin(struct output *output) {
  const struct columns *names = output->columns;
  struct table *table = calloc(1, sizeof *table + names->count * sizeof *table->columns);
  if (!table)
    return false;
  output->state = table;
  copies_init(&table->held, names->count);
  for (size_t i = 0; i < names->count; i++) {
    size_t width = width_of(names->items[i], strlen(names->items[i]));
    table->columns[i] = (struct layout_column){.header = width,
                                               .natural = width,
                                               .give = layout_give_way(names->items[i]),
                                               .numbers = true};
  }
  return true;
}

/* What is in the cell buffer; URLs give way whatever they look like. */
static bool cell_is_firm(const struct table *table, size_t i, const ets_value *value) {
  return table->columns[i].give != GIVE_MIDDLE &&
         value_is_firm(value, buffer_text(&table->cell), table->cell.size);
}

static void measure(struct output *output, const ets_value *values) {
  struct table *table = output->state;
  for (size_t i = 0; i < output->columns->count; i++) {
    struct layout_column *column = &table->columns[i];
    buffer_reset(&table->cell);
    size_t width = cell_append(&table->cell, &values[i], &output->scratch);
    if (width > column->natural)
      column->natural = width;
    if (values[i].presence != ETS_PRESENT)
      continue;
    column->any = true;
    column->numbers = column->numbers && value_is_number(&values[i]);
    if (width > column->firm && cell_is_firm(table, i, &values[i]))
      column->firm = width;
  }
}

static bool gives_middle(const struct layout_column *column, const char *bytes, size_t n) {
  return column->give == GIVE_MIDDLE || (column->give == GIVE_END && value_is_url(bytes, n));
}

/* What is wider than what was measured pushes the rest aside, unless its column gives way. Nothing
 * pads the end of a line. */
static void write_cell(struct output *output, size_t i, const char *bytes, size_t n, bool right,
                       bool firm) {
  const struct table *table = output->state;
  const struct layout_column *column = &table->columns[i];
  bool narrow = !firm && output->width > 0 && width_of(bytes, n) > column->width;
  bool ragged = i == table->last && !right && !narrow;
  cell_repeat(&output->out, ' ', i == table->first ? 0 : LAYOUT_GAP);
  if (narrow && gives_middle(column, bytes, n))
    cell_write_ends(&output->out, bytes, n, column->width);
  else
    cell_write(&output->out, bytes, n, ragged ? 0 : column->width, right,
               narrow && column->give == GIVE_END);
}

static void write_header(struct output *output) {
  const struct table *table = output->state;
  for (size_t i = 0; i < output->columns->count; i++)
    if (table->columns[i].width > 0)
      write_cell(output, i, output->columns->items[i], strlen(output->columns->items[i]),
                 table->columns[i].numbers && table->columns[i].any, true);
  buffer_add_char(&output->out, '\n');
  for (size_t i = 0; i < output->columns->count; i++) {
    if (table->columns[i].width == 0)
      continue;
    cell_repeat(&output->out, ' ', i == table->first ? 0 : LAYOUT_GAP);
    cell_repeat(&output->out, '-', table->columns[i].width);
  }
  buffer_add_char(&output->out, '\n');
}

/* "  URL: https://...", cut like a column when the line is too long for the terminal. */
static void write_below(struct output *output, size_t i, const ets_value *value) {
  struct table *table = output->state;
  const struct layout_column *column = &table->columns[i];
  buffer_reset(&table->cell);
  if (value->presence != ETS_PRESENT || cell_append(&table->cell, value, &output->scratch) == 0)
    return;
  const size_t before = BELOW_INDENT + column->header + 2;
  const size_t room = output->width > before + BELOW_LEAST ? output->width - before : BELOW_LEAST;
  bool narrow = width_of(table->cell.data, table->cell.size) > room;
  cell_repeat(&output->out, ' ', BELOW_INDENT);
  buffer_printf(&output->out, "%s: ", output->columns->items[i]);
  if (narrow && gives_middle(column, table->cell.data, table->cell.size))
    cell_write_ends(&output->out, table->cell.data, table->cell.size, room);
  else
    cell_write(&output->out, table->cell.data, table->cell.size, narrow ? room : 0, false,
               narrow && column->give == GIVE_END);
  buffer_add_char(&output->out, '\n');
}

static void write_row(struct output *output, const ets_value *values) {
  struct table *table = output->state;
  if (table->records) {
    if (table->any)
      buffer_add_char(&output->out, '\n');
    table->any = true;
    record_write(output, values, &table->cell);
    return;
  }
  for (size_t i = 0; i < output->columns->count; i++) {
    if (table->columns[i].width == 0)
      continue;
    buffer_reset(&table->cell);
    cell_append(&table->cell, &values[i], &output->scratch);
    write_cell(output, i, buffer_text(&table->cell), table->cell.size, value_is_number(&values[i]),
               cell_is_firm(table, i, &values[i]));
  }
  if (table->cell.size == 0)
    buffer_trim(&output->out);
  buffer_add_char(&output->out, '\n');
  for (size_t i = 0; i < output->columns->count; i++)
    if (table->columns[i].below)
      write_below(output, i, &values[i]);
}

/* The rows that were held back, with the columns that have a width. */
static void write_block(struct output *output) {
  struct table *table = output->state;
  table->first = output->columns->count;
  for (size_t i = 0; i < output->columns->count; i++) {
    if (table->columns[i].width == 0)
      continue;
    table->first = i < table->first ? i : table->first;
    table->last = i;
  }
  write_header(output);
  for (size_t row = 0; row < table->held.rows; row++)
    write_row(output, copies_row(&table->held, row));
}

static bool in_blocks(const struct output *output) {
  return output->blocks && output->width > 0;
}

/* Whether all of several rows have the same in a column. */
static bool all_same(struct output *output, size_t i) {
  struct table *table = output->state;
  struct buffer first = {0};
  bool same = table->held.rows > 1;
  for (size_t row = 0; same && row < table->held.rows; row++) {
    struct buffer *cell = row == 0 ? &first : &table->cell;
    buffer_reset(cell);
    cell_append(cell, &copies_row(&table->held, row)[i], &output->scratch);
    same = strcmp(buffer_text(&first), buffer_text(cell)) == 0;
  }
  buffer_free(&first);
  return same;
}

static bool goes_below(const struct output *output, size_t i) {
  return output->below && columns_among(output->below, output->columns->items[i]);
}

static void write_rows(struct output *output) {
  struct table *table = output->state;
  for (size_t i = 0; output->width > 0 && i < output->columns->count; i++) {
    table->columns[i].same = all_same(output, i);
    table->columns[i].goes_below = goes_below(output, i);
  }
  bool fits = layout_fit(table->columns, output->columns, output->width);
  table->records = !fits && table->held.rows > 0;
  if (!table->records) {
    write_block(output);
    return;
  }
  for (size_t row = 0; row < table->held.rows; row++)
    write_row(output, copies_row(&table->held, row));
}

static void write_held(struct output *output) {
  struct table *table = output->state;
  size_t count = output->columns->count;
  if (!in_blocks(output))
    write_rows(output);
  for (size_t next = 1; in_blocks(output) && next < count;) {
    if (next > 1)
      buffer_add_char(&output->out, '\n');
    next = layout_block(table->columns, count, next, output->width);
    write_block(output);
  }
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
  if (table->held.rows == ROWS_MEASURED && !in_blocks(output))
    write_held(output);
}

/* Without a width every column is shown, whatever it turns out to hold. A terminal has to wait
 * until it is known which ones tell something. */
static void table_flush(struct output *output) {
  const struct table *table = output->state;
  if (!table->measured && output->width == 0)
    write_held(output);
}

/* Nothing is left out without a word. */
static void say_what_is_left_out(struct output *output) {
  const struct table *table = output->state;
  struct buffer *remark = &output->remark;
  size_t missing = 0;
  for (size_t i = 0; i < output->columns->count; i++) {
    if (table->columns[i].width > 0 || table->columns[i].below ||
        output->columns->ranks[i] >= COLUMN_WHEN_WIDE)
      continue;
    if (++missing > MISSING_NAMED)
      continue;
    if (missing == 1)
      buffer_printf(remark, "left out to fit %zu columns: ", output->width);
    else
      buffer_add_text(remark, ", ");
    buffer_add_text(remark, output->columns->items[i]);
  }
  if (missing > MISSING_NAMED)
    buffer_printf(remark, " and %zu more", missing - MISSING_NAMED);
}

static void table_end(struct output *output, bool complete) {
  struct table *table = output->state;
  if (!table)
    return;
  if (!table->measured && (complete || output->rows > 0))
    write_held(output);
  if (table->measured && !table->records && !in_blocks(output))
    say_what_is_left_out(output);
  copies_free(&table->held);
  buffer_free(&table->cell);
  free(table);
  output->state = NULL;
}

const struct writer writer_table = {true, table_begin, table_row, table_flush, table_end};
