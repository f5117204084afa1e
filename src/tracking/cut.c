/* Where to cut a time. Dates before 1970 and from 2100 on stand for none (0001-01-01 is
 * DateTime.MinValue): they tell nothing of the others. */
#include <etsoap/tracking.h>

#include <stdlib.h>

/* A beginning tells that of the rest which is so many times the parts that were asked for; beyond,
 * so many parts are cut, each longer than the one before. */
enum { SECOND = 1000000, EVENLY = 4, AHEAD = 24 };

static const int64_t EARLIEST = 0, LATEST = 4102444800 * (int64_t)SECOND;

struct points {
  int64_t *items;
  size_t count, most;
  int64_t from, until;
};

static int compare(const void *left, const void *right) {
  const int64_t *a = left, *b = right;
  return *a < *b ? -1 : *a > *b;
}

/* Leaves the dates that tell something, ascending. */
static void sort_dates(ets_density *density) {
  size_t kept = 0;
  for (size_t i = 0; i < density->count; i++) {
    int64_t date = density->dates[i];
    if (date >= EARLIEST && date < LATEST && date >= density->from && date < density->until)
      density->dates[kept++] = date;
  }
  density->count = kept;
  if (kept > 0)
    qsort(density->dates, kept, sizeof *density->dates, compare);
}

/* The second that a time lies in, when it divides what is left. */
static void add_point(struct points *points, int64_t time) {
  int64_t second = time - ((time % SECOND) + SECOND) % SECOND;
  int64_t last = points->count > 0 ? points->items[points->count - 1] : points->from;
  if (points->count < points->most && second > last && second < points->until)
    points->items[points->count++] = second;
}

/* 0: not known. */
static size_t parts_of(const ets_density *density, const struct points *points) {
  if (density->events == 0)
    return 0;
  uint64_t parts = (uint64_t)((double)density->events / (double)density->rows) + 1;
  return parts < points->most ? (size_t)parts : points->most;
}

/* Whether the dates are the beginning of all, rather than some of all. They do not reach the end,
 * and where they end they end at once, not in single late ones. */
static bool is_beginning(const ets_density *density) {
  int64_t first = density->dates[0], last = density->dates[density->count - 1];
  int64_t late = first + (last - first) / 10 * 9;
  size_t count = 0;
  if (density->mostly_until && last > first + (density->mostly_until - first) / 10 * 9)
    return false;
  while (count < density->count && density->dates[density->count - 1 - count] > late)
    count++;
  return count * 30 > density->count;
}

/* Some of all: what divides its dates evenly, divides all so. */
static void cut_evenly(struct points *points, const ets_density *density, size_t parts) {
  for (size_t i = 1; i < parts; i++)
    add_point(points, density->dates[i * density->count / parts]);
}

static void cut_between(struct points *points, int64_t from, int64_t until, size_t parts) {
  for (size_t i = 1; i < parts; i++)
    add_point(points, from + (until - from) / (int64_t)parts * (int64_t)i);
  add_point(points, until);
}

/* The beginning of all: its density tells that of the rest, which thins out. */
static void cut_ahead(struct points *points, const ets_density *density) {
  int64_t first = density->dates[0], last = density->dates[density->count - 1];
  int64_t width =
      (int64_t)((double)(last - first) / (double)density->count * (double)density->rows);
  size_t parts = parts_of(density, points);
  width = width > SECOND ? width : SECOND;
  if (density->mostly_until > last && parts > 0) {
    cut_between(points, first, density->mostly_until, parts);
    return;
  }
  if (points->until != INT64_MAX &&
      (uint64_t)((points->until - first) / width) < EVENLY * density->parts) {
    cut_between(points, first, points->until, (size_t)((points->until - first) / width) + 1);
    return;
  }
  size_t most = parts > 0 ? 2 * parts : (size_t)AHEAD;
  double grows = density->grows, length = (double)width;
  if (grows <= 1)
    grows = parts > 0 ? 1.15 : 1.3;
  for (int64_t at = first; most-- > 0 && at < points->until && at < LATEST; length *= grows) {
    if (length >= (double)(points->until - at))
      break;
    at += (int64_t)length;
    add_point(points, at);
  }
}

size_t ets_cut(int64_t *points, size_t most, ets_density *density) {
  struct points found = {points, 0, most, density->from, density->until};
  sort_dates(density);
  if (density->count == 0)
    return 0;
  size_t parts = parts_of(density, &found);
  if (is_beginning(density))
    cut_ahead(&found, density);
  else
    cut_evenly(&found, density, parts > 0 ? parts : density->parts);
  if (found.count == 0)
    add_point(&found, density->dates[density->count - 1]);
  return found.count;
}
