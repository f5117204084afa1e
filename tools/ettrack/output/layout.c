#include "ettrack/output/layout.h"

#include <string.h>

enum {
  LEAST_URL = 18,
  LEAST_TEXT = 16,
  LEAST_DETAIL = 32,
  SAME_RANK = 25,
  EMPTY_RANK = 50,
  LEAST_TABLE = 45
};

static bool ends_with(const char *text, const char *end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

enum give_way layout_give_way(const char *name) {
  static const char *const whole[] = {"ID",    "Key",     "Date", "Name",
                                      "Alias", "Address", "Type", "Status"};
  if (ends_with(name, "URL"))
    return GIVE_MIDDLE;
  for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
    if (ends_with(name, whole[i]))
      return GIVE_NOTHING;
  return GIVE_END;
}

/* As narrow as it may become. */
static size_t narrowest(const struct layout_column *column) {
  size_t least = column->give == GIVE_MIDDLE ? LEAST_URL
                 : column->goes_below        ? LEAST_DETAIL
                 : column->give == GIVE_END  ? LEAST_TEXT
                                             : column->natural;
  least = least < column->natural ? least : column->natural;
  least = least > column->firm ? least : column->firm;
  return least > column->header ? least : column->header;
}

/* Whether not even the whole terminal is enough for a column that may be left out: one very long
 * value. It does not stand in the way of others. */
static bool never_fits(const struct layout_column *columns, const struct columns *names, size_t i,
                       size_t width) {
  return names->ranks[i] > COLUMN_ALWAYS && narrowest(&columns[i]) > width;
}

/* What the columns that are shown take together. */
static size_t taken(const struct layout_column *columns, size_t count) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++)
    if (columns[i].width > 0)
      total += columns[i].width + (total > 0 ? LAYOUT_GAP : 0);
  return total;
}

/* Columns that tell nothing go first: those without any value, then those in which all rows are
 * the same, unless it is the first of all. */
static int rank_of(const struct layout_column *columns, const struct columns *names, size_t i) {
  int rank = names->ranks[i];
  if (rank <= COLUMN_ALWAYS)
    return rank;
  return rank + (!columns[i].any ? EMPTY_RANK : columns[i].same && rank > 1 ? SAME_RANK : 0);
}

/* The least important column that is shown, the last of several; `count` when only one is left, or
 * those that are always there. */
static size_t least_important(const struct layout_column *columns, const struct columns *names) {
  size_t found = names->count, shown = 0;
  for (size_t i = 0; i < names->count; i++) {
    if (columns[i].width == 0)
      continue;
    shown++;
    if (names->ranks[i] <= COLUMN_ALWAYS)
      continue;
    if (found == names->count || rank_of(columns, names, i) >= rank_of(columns, names, found))
      found = i;
  }
  return shown > 1 ? found : names->count;
}

/* Columns in which all rows are the same, or that have no value, leave before a more important one
 * is cut. */
static void make_room(struct layout_column *columns, const struct columns *names, size_t width) {
  for (;;) {
    size_t cut = names->count, useless = names->count, wanted = 0;
    for (size_t i = 0; i < names->count; i++) {
      if (columns[i].width == 0)
        continue;
      wanted += columns[i].natural + (wanted > 0 ? LAYOUT_GAP : 0);
      int rank = rank_of(columns, names, i);
      if (narrowest(&columns[i]) < columns[i].natural &&
          (cut == names->count || rank < rank_of(columns, names, cut)))
        cut = i;
      if ((columns[i].same || !columns[i].any) && rank > COLUMN_ALWAYS &&
          (useless == names->count || rank >= rank_of(columns, names, useless)))
        useless = i;
    }
    if (wanted <= width || cut == names->count || useless == names->count ||
        rank_of(columns, names, useless) <= rank_of(columns, names, cut))
      return;
    columns[useless].width = 0;
  }
}

/* Lets those that gave way have what room there is, the narrowest first. */
static void widen(struct layout_column *columns, size_t count, size_t room) {
  while (room > 0) {
    struct layout_column *narrow = NULL;
    for (size_t i = 0; i < count; i++)
      if (columns[i].width > 0 && columns[i].width < columns[i].natural &&
          (!narrow || columns[i].width < narrow->width))
        narrow = &columns[i];
    if (!narrow)
      return;
    narrow->width++;
    room--;
  }
}

/* Columns that are left out, or wait for a wide terminal, come in where there is room for all of
 * them: the most important first, nothing gives way for them, and none of less importance stands
 * where a more important one is missing. */
static void fill(struct layout_column *columns, const struct columns *names, size_t width,
                 bool wide) {
  for (;;) {
    size_t best = names->count;
    for (size_t i = 0; i < names->count; i++) {
      bool candidate = columns[i].width == 0 && columns[i].any && !columns[i].goes_below &&
                       !never_fits(columns, names, i, width) &&
                       (names->ranks[i] >= COLUMN_WHEN_WIDE) == wide;
      if (candidate &&
          (best == names->count || rank_of(columns, names, i) < rank_of(columns, names, best)))
        best = i;
    }
    if (best == names->count ||
        taken(columns, names->count) + LAYOUT_GAP + columns[best].natural > width)
      return;
    columns[best].width = columns[best].natural;
  }
}

/* Whether every column that tells something is shown, those for wide terminals apart. */
static bool all_tell(const struct layout_column *columns, const struct columns *names) {
  for (size_t i = 0; i < names->count; i++)
    if (columns[i].width == 0 && columns[i].any && names->ranks[i] < COLUMN_WHEN_WIDE)
      return false;
  return true;
}

static bool all_there(const struct layout_column *columns, const struct columns *names,
                      size_t width) {
  for (size_t i = 0; i < names->count; i++)
    if (columns[i].width == 0 && names->ranks[i] < COLUMN_WHEN_WIDE && !columns[i].goes_below &&
        !never_fits(columns, names, i, width))
      return false;
  return true;
}

/* Those that never fit leave first, if there is another. */
static void leave_out_the_widest(struct layout_column *columns, const struct columns *names,
                                 size_t width) {
  bool others = false;
  for (size_t i = 0; i < names->count; i++)
    others = others || (columns[i].width > 0 && !never_fits(columns, names, i, width));
  for (size_t i = 0; i < names->count && others; i++)
    if (never_fits(columns, names, i, width))
      columns[i].width = 0;
}

bool layout_fit(struct layout_column *columns, const struct columns *names, size_t width) {
  size_t least;
  for (size_t i = 0; i < names->count; i++) {
    bool wide = names->ranks[i] >= COLUMN_WHEN_WIDE;
    columns[i].width = wide ? 0 : width > 0 ? narrowest(&columns[i]) : columns[i].natural;
  }
  if (width == 0)
    return true;
  leave_out_the_widest(columns, names, width);
  while (taken(columns, names->count) > width &&
         (least = least_important(columns, names)) < names->count)
    columns[least].width = 0;
  make_room(columns, names, width);
  size_t total = taken(columns, names->count);
  widen(columns, names->count, total < width ? width - total : 0);
  fill(columns, names, width, false);
  if (all_there(columns, names, width))
    fill(columns, names, width, true);
  for (size_t i = 0; i < names->count; i++)
    columns[i].below = columns[i].width == 0 && columns[i].goes_below;
  return total <= width && (width >= LEAST_TABLE || all_tell(columns, names));
}

size_t layout_block(struct layout_column *columns, size_t count, size_t from, size_t width) {
  size_t total = columns[0].natural, next = from;
  for (size_t i = 0; i < count; i++)
    columns[i].width = i == 0 ? columns[i].natural : 0;
  for (; next < count; next++) {
    size_t least = LAYOUT_GAP + narrowest(&columns[next]);
    if (next > from && total + least > width)
      break;
    columns[next].width = least - LAYOUT_GAP;
    total += least;
  }
  widen(columns, count, width > total ? width - total : 0);
  return next;
}
