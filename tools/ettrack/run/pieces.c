#include "ettrack/run/pieces.h"

#include <stdlib.h>

enum { MOST_POINTS = 256, PIECE_ROWS = 2200, PARTS_UNKNOWN = 8 };

/* Dates before 1970 and from 2100 on stand for none (0001-01-01 is DateTime.MinValue): they tell
 * nothing of the others. */
static const int64_t EARLIEST = 0, LATEST = 4102444800 * (int64_t)PIECE_SECOND;

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

/* --- where to cut ---------------------------------------------------------------------------- */

/* The dates of a page that are in its piece, ascending; the service may give rows in any order. */
struct sample {
  int64_t *dates;
  size_t count;
};

static int compare(const void *left, const void *right) {
  const int64_t *a = left, *b = right;
  return *a < *b ? -1 : *a > *b;
}

static bool tells(const struct piece *piece, int64_t time) {
  return time >= EARLIEST && time < LATEST && time >= piece->from && time < piece->until;
}

static bool sample_read(struct sample *sample, struct piece *piece, size_t date, int utc_offset) {
  struct copies *rows = &piece->rows;
  *sample = (struct sample){.count = 0};
  sample->dates = calloc(rows->rows + 1, sizeof *sample->dates);
  if (!sample->dates)
    return false;
  for (size_t i = 0; i < rows->rows; i++) {
    const ets_value *value = &copies_row(rows, i)[date];
    ets_time time;
    if (value->presence == ETS_PRESENT && value->text &&
        ets_time_parse(&time, value->text, utc_offset) == ETS_OK && tells(piece, time.microseconds))
      sample->dates[sample->count++] = time.microseconds;
  }
  qsort(sample->dates, sample->count, sizeof *sample->dates, compare);
  return true;
}

struct points {
  int64_t items[MOST_POINTS];
  size_t count;
  int64_t from, until; /* of the piece */
};

/* The second that a time lies in, when it divides what is left. */
static void add_point(struct points *points, int64_t time) {
  int64_t second = time - ((time % PIECE_SECOND) + PIECE_SECOND) % PIECE_SECOND;
  int64_t last = points->count > 0 ? points->items[points->count - 1] : points->from;
  if (points->count < MOST_POINTS && second > last && second < points->until)
    points->items[points->count++] = second;
}

static size_t parts_of(const struct span *span, size_t otherwise) {
  if (!span || span->events == 0)
    return otherwise;
  uint64_t parts = span->events / PIECE_ROWS + 1;
  return parts < MOST_POINTS ? (size_t)parts : MOST_POINTS;
}

/* Whether the page is the beginning of all, rather than some of all. It does not reach the end, and
 * where it ends it ends at once, not in single late ones. */
static bool is_beginning(const struct sample *sample, const struct span *span) {
  int64_t first = sample->dates[0], last = sample->dates[sample->count - 1];
  int64_t late = first + (last - first) / 10 * 9;
  size_t count = 0;
  if (span && span->until && last > first + (span->until - first) / 10 * 9)
    return false;
  while (count < sample->count && sample->dates[sample->count - 1 - count] > late)
    count++;
  return count * 30 > sample->count;
}

/* Some of all: what divides its dates evenly, divides all so. */
static void cut_evenly(struct points *points, const struct sample *sample, size_t parts) {
  for (size_t i = 1; i < parts; i++)
    add_point(points, sample->dates[i * sample->count / parts]);
}

static void cut_between(struct points *points, int64_t from, int64_t until, size_t parts) {
  for (size_t i = 1; i < parts; i++)
    add_point(points, from + (until - from) / (int64_t)parts * (int64_t)i);
  add_point(points, until);
}

/* The beginning of all: its density tells that of the rest, which thins out. */
static void cut_ahead(struct points *points, const struct sample *sample, const struct span *span) {
  int64_t first = sample->dates[0], last = sample->dates[sample->count - 1];
  int64_t width = (last - first) / 5 * 4;
  size_t parts = parts_of(span, 0);
  width = width > PIECE_SECOND ? width : PIECE_SECOND;
  if (span && span->until > last && parts > 0) {
    cut_between(points, first, span->until, parts);
    return;
  }
  if (points->until != PIECE_OPEN_UNTIL && (points->until - first) / width < PARTS_UNKNOWN) {
    cut_between(points, first, points->until, (size_t)((points->until - first) / width) + 1);
    return;
  }
  size_t most = parts > 0 ? 2 * parts : 3 * PARTS_UNKNOWN;
  double grows = parts > 0 ? 1.15 : 1.3, length = (double)width;
  for (int64_t at = first; most-- > 0 && at < points->until && at < LATEST; length *= grows) {
    at += (int64_t)length;
    add_point(points, at);
  }
}

/* --- cutting --------------------------------------------------------------------------------- */

/* Puts pieces behind the first, which ends where the first of them begins. */
static bool divide(struct piece *piece, const struct points *points) {
  struct piece *tail = piece->next;
  size_t columns = piece->rows.columns;
  int64_t until = piece->until;
  for (size_t i = points->count; i-- > 0;) {
    struct piece *one = piece_new(points->items[i], until, columns);
    if (!one)
      return false;
    until = points->items[i];
    one->next = tail;
    piece->next = tail = one;
  }
  piece->until = until;
  return true;
}

bool piece_cut(struct piece *piece, const struct span *span, size_t date, int utc_offset) {
  struct points points = {.from = piece->from, .until = piece->until};
  struct sample sample;
  if (!sample_read(&sample, piece, date, utc_offset))
    return false;
  if (sample.count > 0 && is_beginning(&sample, span))
    cut_ahead(&points, &sample, span);
  else if (sample.count > 0)
    cut_evenly(&points, &sample, parts_of(span, span ? PARTS_UNKNOWN : 2));
  if (points.count == 0 && sample.count > 0)
    add_point(&points, sample.dates[sample.count - 1]);
  free(sample.dates);
  size_t columns = piece->rows.columns;
  copies_free(&piece->rows);
  copies_init(&piece->rows, columns);
  piece->state = PIECE_WAITS;
  piece->whole = points.count == 0;
  return divide(piece, &points);
}
