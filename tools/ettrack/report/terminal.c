#include "ettrack/report/terminal.h"

#include "common/escape.h"
#include "ettrack/output/cell.h"
#include "ettrack/output/width.h"
#include "ettrack/report/words.h"

#include <string.h>

enum { TITLE_MOST = 80, BAR_LEAST = 16, BAR_MOST = 40 };
enum { NAME_LEAST = 18, NAME_BESIDE_BAR = 38, NAME_MOST = 60 };

void terminal_title(struct buffer *out, const char *text, size_t width) {
  buffer_printf(out, "\n%s\n", text);
  cell_repeat(out, '-', width < TITLE_MOST ? width : TITLE_MOST);
  buffer_add_char(out, '\n');
}

void terminal_text(struct buffer *out, const char *text, size_t width) {
  width = width < TITLE_MOST ? width : TITLE_MOST;
  buffer_add_text(out, "  ");
  cell_write_lines(out, text, strlen(text), width > 4 ? width - 2 : 2, 2);
  buffer_add_char(out, '\n');
}

void terminal_bar(struct buffer *out, double share, size_t columns) {
  static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  share = share < 0 ? 0 : share > 1 ? 1 : share;
  size_t eighths = (size_t)(share * (double)columns * 8 + 0.5);
  eighths = share > 0 && eighths == 0 ? 1 : eighths;
  for (size_t i = 0; i < eighths / 8; i++)
    buffer_add_text(out, "█");
  buffer_add_text(out, parts[eighths % 8]);
}

void terminal_name(struct buffer *out, const char *name, size_t columns, bool middle) {
  struct buffer safe = {0};
  escape_terminal(&safe, name, strlen(name));
  const char *text = buffer_text(&safe);
  if (middle && width_of(text, safe.size) > columns)
    cell_write_ends(out, text, safe.size, columns);
  else
    cell_write(out, text, safe.size, columns, false, true);
  buffer_free(&safe);
}

void terminal_right(struct buffer *out, const char *text, size_t columns) {
  cell_write(out, text, strlen(text), columns, true, false);
}

void terminal_number(struct buffer *out, int64_t number, size_t columns) {
  char word[WORD_SIZE];
  terminal_right(out, words_number(word, number), columns);
}

void terminal_percent(struct buffer *out, double percent, size_t columns) {
  char word[WORD_SIZE];
  terminal_right(out, words_percent(word, percent), columns);
}

void terminal_lead(struct buffer *out, const char *name, size_t columns, size_t width) {
  struct buffer safe = {0};
  escape_terminal(&safe, name, strlen(name));
  buffer_add_text(out, "  ");
  if (width_of(buffer_text(&safe), safe.size) > columns) {
    cell_write_lines(out, buffer_text(&safe), safe.size, width > 4 ? width - 2 : 2, 2);
    buffer_add_text(out, columns > 0 ? "\n  " : "");
    cell_repeat(out, ' ', columns);
  } else
    cell_write(out, buffer_text(&safe), safe.size, columns, false, false);
  buffer_free(&safe);
}

void terminal_line(struct buffer *out, const char *name, int64_t count, double percent,
                   double share, size_t width, bool middle) {
  bool narrow = width < TERMINAL_NARROW;
  size_t number = narrow ? 9 : 11, rate = narrow ? 9 : 10, figures = 2 + number + rate;
  size_t columns = width > figures + NAME_LEAST ? width - figures : NAME_LEAST;
  size_t bar = columns > NAME_BESIDE_BAR + 2 ? columns - NAME_BESIDE_BAR - 2 : 0;
  bar = bar < BAR_LEAST ? 0 : bar - (bar - BAR_LEAST) / 2;
  columns -= bar > 0 ? bar + 2 : 0;
  columns = columns < NAME_MOST ? columns : NAME_MOST;
  if (middle && !narrow) {
    buffer_add_text(out, "  ");
    terminal_name(out, name, columns, true);
  } else
    terminal_lead(out, name, columns, width);
  terminal_number(out, count, number);
  terminal_percent(out, percent, rate);
  if (bar > 0 && share > 0) {
    buffer_add_text(out, "  ");
    terminal_bar(out, share, bar < BAR_MOST ? bar : BAR_MOST);
  }
  buffer_add_char(out, '\n');
}
