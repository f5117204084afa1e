#include "report/reaction.h"

#include <stdlib.h>

enum { DAY = 86400, HOUR = 3600, EXACT = 14 * DAY, HOURS = 10 * 366 * 24, PLACES = EXACT + HOURS };

bool ets_times_add(struct ets_times *times, int64_t seconds) {
  if (!times->seconds)
    times->seconds = calloc(EXACT, sizeof *times->seconds);
  if (!times->hours)
    times->hours = calloc(HOURS, sizeof *times->hours);
  if (!times->seconds || !times->hours)
    return false;
  int64_t hour = (seconds - EXACT) / HOUR;
  if (seconds < EXACT)
    times->seconds[seconds > 0 ? seconds : 0]++;
  else
    times->hours[hour < HOURS ? hour : HOURS - 1]++;
  times->count++;
  return true;
}

/* The seconds, then the hours behind them, are places in one row. */
static int64_t seconds_of(int64_t at) {
  return at < EXACT ? at : EXACT + (at - EXACT) * HOUR;
}

static int64_t count_at(const struct ets_times *times, int64_t at) {
  return at < EXACT ? times->seconds[at] : times->hours[at - EXACT];
}

/* A way through what came, in the order of time. */
struct walk {
  const struct ets_times *times;
  int64_t at, come;
};

/* Seconds when the last of so many had come; there are as many. */
static int64_t walk_to(struct walk *walk, int64_t needed) {
  while (walk->at < PLACES && walk->come + count_at(walk->times, walk->at) < needed)
    walk->come += count_at(walk->times, walk->at++);
  return seconds_of(walk->at);
}

/* How many had come by then. */
static int64_t walk_by(struct walk *walk, int64_t seconds) {
  while (walk->at < PLACES && seconds_of(walk->at) <= seconds)
    walk->come += count_at(walk->times, walk->at++);
  return walk->come;
}

void ets_reaction_fill(ets_report_reaction *reaction, const struct ets_times *times, int64_t span) {
  struct walk reach = {.times = times}, curve = {.times = times};
  *reaction = (ets_report_reaction){.count = times->count};
  for (int tenth = 1; tenth <= ETS_REPORT_TENTHS; tenth++)
    reaction->reach[tenth - 1] =
        times->count > 0 ? walk_to(&reach, (times->count * tenth + 9) / 10) : -1;
  for (int step = 0; times->count > 0 && step <= ETS_REPORT_STEPS; step++)
    reaction->curve[step] = walk_by(&curve, span * step / ETS_REPORT_STEPS);
}

int64_t ets_reaction_span(const struct ets_times *opens, const struct ets_times *clicks) {
  static const int64_t hours[] = {1, 3, 6, 12, 24, 48, 96, 168, 336, 720};
  const struct ets_times *both[] = {opens, clicks};
  int64_t needed = 0;
  for (size_t i = 0; i < 2; i++)
    if (both[i]->count > 0) {
      struct walk walk = {.times = both[i]};
      int64_t at = walk_to(&walk, (both[i]->count - 1) * 98 / 100 + 1);
      needed = at > needed ? at : needed;
    }
  size_t i = 0;
  while (i + 1 < sizeof hours / sizeof *hours && hours[i] * HOUR < needed)
    i++;
  return hours[i] * HOUR;
}

void ets_times_free(struct ets_times *times) {
  free(times->seconds);
  free(times->hours);
  *times = (struct ets_times){0};
}
