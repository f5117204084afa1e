#include "ettrack/output/cell.h"

#include "common/escape.h"
#include "ettrack/output/value.h"
#include "ettrack/output/width.h"

size_t cell_append(struct buffer *cell, const ets_value *value, struct buffer *scratch) {
  size_t start = cell->size;
  if (value->presence == ETS_NIL) {
    buffer_add_char(cell, '-');
  } else if (value->presence == ETS_EMPTY) {
    buffer_add_text(cell, "\"\"");
  } else if (value->presence == ETS_PRESENT) {
    struct text text = value_text(value, scratch);
    escape_terminal(cell, text.bytes, text.size);
  }
  return cell->failed ? 0 : width_of(buffer_text(cell) + start, cell->size - start);
}

void cell_repeat(struct buffer *out, char byte, size_t n) {
  while (n-- > 0)
    buffer_add_char(out, byte);
}

static const char ellipsis[] = "\xE2\x80\xA6";

void cell_write(struct buffer *out, const char *bytes, size_t n, size_t columns, bool right,
                bool cut) {
  size_t width = width_of(bytes, n);
  bool too_wide = cut && width > columns;
  if (too_wide) {
    n = width_fit(bytes, n, columns > 0 ? columns - 1 : 0);
    width = width_of(bytes, n) + 1;
  }
  size_t padding = width < columns ? columns - width : 0;
  if (right)
    cell_repeat(out, ' ', padding);
  buffer_add(out, bytes, n);
  if (too_wide)
    buffer_add_text(out, ellipsis);
  if (!right)
    cell_repeat(out, ' ', padding);
}

void cell_write_ends(struct buffer *out, const char *bytes, size_t n, size_t columns) {
  size_t start = width_fit(bytes, n, columns / 2);
  size_t room = columns - 1 - width_of(bytes, start), skipped = start;
  while (skipped < n && width_of(bytes + skipped, n - skipped) > room)
    skipped += width_step(bytes + skipped, n - skipped);
  buffer_add(out, bytes, start);
  buffer_add_text(out, ellipsis);
  buffer_add(out, bytes + skipped, n - skipped);
  cell_repeat(out, ' ', room - width_of(bytes + skipped, n - skipped));
}

void cell_write_lines(struct buffer *out, const char *text, size_t n, size_t room, size_t indent) {
  while (room > 0 && width_of(text, n) > room) {
    size_t fits = width_fit(text, n, room), line = fits;
    while (line > fits / 2 && text[line] != ' ')
      line--;
    line = line > fits / 2 ? line : fits > 0 ? fits : width_step(text, n);
    buffer_add(out, text, line);
    buffer_add_char(out, '\n');
    cell_repeat(out, ' ', indent);
    line += line < n && text[line] == ' ';
    text += line;
    n -= line;
  }
  buffer_add(out, text, n);
}
