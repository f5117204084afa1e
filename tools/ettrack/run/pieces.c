#include "ettrack/run/pieces.h"

#include <stdlib.h>

enum { MOST_POINTS = 256, PARTS_UNKNOWN = 8 };

struct piece *piece_new(int64_t from, int64_t until, size_t columns) {
  struct piece *piece = calloc(1, sizeof *piece);
  if (!piece)
    return NULL;
  piece->from = from;
  piece->until = until;
  copies_init(&piece->rows, columns);
  return piece;
}

void piece_free(struct piece *piece) {
  if (piece)
    copies_free(&piece->rows);
  free(piece);
}

/* The dates of its page; the service may give rows in any order. */
static int64_t *dates_of(struct piece *piece, size_t date, int utc_offset, size_t *count) {
  struct copies *rows = &piece->rows;
  int64_t *dates = calloc(rows->rows + 1, sizeof *dates);
  *count = 0;
  for (size_t i = 0; dates && i < rows->rows; i++) {
    const ets_value *value = &copies_row(rows, i)[date];
    ets_time time;
    if (value->presence == ETS_PRESENT && value->text &&
        ets_time_parse(&time, value->text, utc_offset) == ETS_OK)
      dates[(*count)++] = time.microseconds;
  }
  return dates;
}

/* Puts pieces behind the first, which ends where the first of them begins. */
static bool divide(struct piece *piece, const int64_t *points, size_t count) {
  struct piece *tail = piece->next;
  size_t columns = piece->rows.columns;
  int64_t until = piece->until;
  for (size_t i = count; i-- > 0;) {
    struct piece *one = piece_new(points[i], until, columns);
    if (!one)
      return false;
    until = points[i];
    one->next = tail;
    piece->next = tail = one;
  }
  piece->until = until;
  return true;
}

bool piece_cut(struct piece *piece, const struct span *span, size_t date, int utc_offset) {
  int64_t points[MOST_POINTS];
  ets_density density = {.from = piece->from,
                         .until = piece->until,
                         .rows = piece->rows.rows / 5 * 4 + 1,
                         .parts = span ? PARTS_UNKNOWN : 2,
                         .events = span ? span->events : 0,
                         .mostly_until = span ? span->until : 0};
  density.dates = dates_of(piece, date, utc_offset, &density.count);
  if (!density.dates)
    return false;
  size_t count = ets_cut(points, MOST_POINTS, &density);
  free(density.dates);
  size_t columns = piece->rows.columns;
  copies_free(&piece->rows);
  copies_init(&piece->rows, columns);
  piece->state = PIECE_WAITS;
  piece->whole = count == 0;
  return divide(piece, points, count);
}
