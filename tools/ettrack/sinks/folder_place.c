#include "ettrack/sinks/folder_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = 86400 };

void folder_place_table(char path[FOLDER_PATH_MAX], const ets_export_table *table,
                        int32_t account) {
  static const char ending[] = "Event";
  size_t n = strlen(table->object_type), cut = sizeof ending - 1;
  if (n > cut && strcmp(table->object_type + n - cut, ending) == 0)
    n -= cut;
  if (table->events)
    snprintf(path, FOLDER_PATH_MAX, "event=%.*s/account=%ld", (int)(n < 80 ? n : 80),
             table->object_type, (long)account);
  else
    snprintf(path, FOLDER_PATH_MAX, "%.80s/account=%ld", table->name, (long)account);
}

/* HHMM, or HHMMSS when there are seconds; midnight at the end is 2400. */
static void print_time(char *text, size_t size, int64_t second, bool fine) {
  int hour = (int)(second / 3600), minute = (int)(second / 60 % 60);
  if (fine)
    snprintf(text, size, "%02d%02d%02d", hour, minute, (int)(second % 60));
  else
    snprintf(text, size, "%02d%02d", hour, minute);
}

bool folder_place_day(char date[FOLDER_PART_MAX], struct folder_place *place, int64_t from,
                      int64_t until, int utc_offset) {
  char begin[12], end[12], text[40];
  if (from == 0 && until == 0) {
    date[0] = '\0';
    snprintf(place->part, sizeof place->part, "part");
    place->start = 0;
    place->end = DAY;
    return true;
  }
  if (from < INT64_MIN / 1000000 || from > INT64_MAX / 1000000 || abs(utc_offset) > 840)
    return false;
  int64_t second = (from + (int64_t)utc_offset * 60) % DAY;
  place->start = second < 0 ? second + DAY : second;
  place->end = place->start + (until - from);
  if (until <= from || until - from > DAY || place->end > DAY)
    return false;
  bool fine = place->start % 60 != 0 || place->end % 60 != 0;
  ets_time time = {from * 1000000, (int16_t)utc_offset, true};
  ets_time_format(time, text, sizeof text);
  snprintf(date, FOLDER_PART_MAX, "date=%.10s", text);
  print_time(begin, sizeof begin, place->start, fine);
  print_time(end, sizeof end, place->end, fine);
  snprintf(place->part, sizeof place->part, "part-%s-%s", begin, end);
  return true;
}

ets_status folder_place_of(struct folder_place *place, const ets_export_span *span,
                           ets_error *error) {
  char table[FOLDER_PATH_MAX], date[FOLDER_PART_MAX];
  if (!folder_place_day(date, place, span->from, span->until, span->utc_offset))
    return ets_error_set(error, ETS_E_USAGE,
                         "a window of %s from %lld to %lld: a folder takes parts of a day",
                         span->table->name, (long long)span->from, (long long)span->until);
  folder_place_table(table, span->table, span->account);
  int n = snprintf(place->folder, sizeof place->folder, "%s%s%s", table, *date ? "/" : "", date);
  return n < (int)sizeof place->folder
             ? ETS_OK
             : ets_error_set(error, ETS_E_USAGE, "the name %.80s is too long", span->table->name);
}

/* n digits, as hours, minutes and perhaps seconds. */
static int64_t read_time(const char *digits, size_t n) {
  int64_t second = 0;
  for (size_t i = 0; i < n; i += 2)
    second = second * 60 + (digits[i] - '0') * 10 + (digits[i + 1] - '0');
  return n == 4 ? second * 60 : second;
}

size_t folder_place_part(const char *name, int64_t *start, int64_t *end) {
  static const char digits[] = "0123456789";
  if (strncmp(name, "part", 4) != 0)
    return 0;
  if (name[4] != '-') {
    *start = 0;
    *end = DAY;
    return name[4] == '.' ? 4 : 0;
  }
  size_t n = strspn(name + 5, digits);
  if ((n != 4 && n != 6) || name[5 + n] != '-' || strspn(name + 6 + n, digits) != n)
    return 0;
  *start = read_time(name + 5, n);
  *end = read_time(name + 6 + n, n);
  return 6 + 2 * n;
}
