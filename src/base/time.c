#include <etsoap/time.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define DAY (86400 * SECOND)

/* The years 1 to 9999 as local time, counted from 1970-01-01T00:00:00. */
#define FIRST_DAY INT64_C(-719162)
#define DAYS_OF_ALL_YEARS INT64_C(3652059)
#define LOCAL_MIN (FIRST_DAY * DAY)
#define LOCAL_MAX ((FIRST_DAY + DAYS_OF_ALL_YEARS) * DAY - 1)

enum { OFFSET_MAX = 14 * 60 }; /* what xsd:dateTime allows */

struct civil {
  int year, month, day;
  int hour, minute, second, microsecond;
};

/* --- calendar -------------------------------------------------------------------------------- */

static bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar. Years start in March here, so that
 * the leap day is the last of its year, and eras of 400 years repeat exactly. */
static int64_t days_from_civil(int year, int month, int day) {
  int64_t y = month <= 2 ? year - 1 : year;
  int64_t era = y / 400;
  int64_t year_of_era = y % 400;
  int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

static void civil_from_days(struct civil *civil, int64_t days) {
  int64_t shifted = days + 719468;
  int64_t era = shifted / 146097;
  int64_t day_of_era = shifted % 146097;
  int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month = (5 * day_of_year + 2) / 153;
  civil->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
  civil->month = (int)(month < 10 ? month + 3 : month - 9);
  civil->year = (int)(era * 400 + year_of_era + (civil->month <= 2));
}

static int64_t local_from_civil(const struct civil *civil) {
  int64_t seconds = civil->hour * 3600 + civil->minute * 60 + civil->second;
  return days_from_civil(civil->year, civil->month, civil->day) * DAY + seconds * SECOND +
         civil->microsecond;
}

static void civil_from_local(struct civil *civil, int64_t local) {
  int64_t from_first = local - LOCAL_MIN;
  civil_from_days(civil, FIRST_DAY + from_first / DAY);
  int64_t in_day = from_first % DAY;
  civil->hour = (int)(in_day / (60 * MINUTE));
  civil->minute = (int)(in_day / MINUTE % 60);
  civil->second = (int)(in_day / SECOND % 60);
  civil->microsecond = (int)(in_day % SECOND);
}

/* An instant or an offset made by hand may be anything: hold it within what can be printed. */
static int64_t local_of(ets_time time, int offset) {
  int64_t shift = offset * MINUTE;
  if (time.microseconds < LOCAL_MIN - shift)
    return LOCAL_MIN;
  if (time.microseconds > LOCAL_MAX - shift)
    return LOCAL_MAX;
  return time.microseconds + shift;
}

static bool offset_is_valid(int offset) {
  return offset >= -OFFSET_MAX && offset <= OFFSET_MAX;
}

static int offset_of(ets_time time) {
  return offset_is_valid(time.offset) ? time.offset : 0;
}

/* --- reading --------------------------------------------------------------------------------- */

static bool take(const char **at, char wanted) {
  if (**at != wanted)
    return false;
  ++*at;
  return true;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Reads at least `least` and at most `most` digits; a further digit behind them is a failure. */
static bool take_number(const char **at, int least, int most, int *number) {
  int digits = 0;
  *number = 0;
  for (; digits < most && is_digit(**at); digits++, ++*at)
    *number = *number * 10 + (**at - '0');
  return digits >= least && !is_digit(**at);
}

static bool take_fraction(const char **at, int *microsecond) {
  int scale = 100000;
  *microsecond = 0;
  if (!take(at, '.'))
    return true;
  if (!is_digit(**at))
    return false;
  for (; is_digit(**at); ++*at, scale /= 10)
    *microsecond += (**at - '0') * scale;
  return true;
}

static bool take_seconds(const char **at, struct civil *civil) {
  return !take(at, ':') ||
         (take_number(at, 2, 2, &civil->second) && take_fraction(at, &civil->microsecond));
}

static bool take_zone(const char **at, ets_time *time) {
  if (take(at, 'Z')) {
    time->offset = 0;
    time->zoned = true;
    return true;
  }
  if (**at != '+' && **at != '-')
    return true;
  bool west = **at == '-';
  int hour, minute;
  ++*at;
  if (!take_number(at, 2, 2, &hour) || !take(at, ':') || !take_number(at, 2, 2, &minute) ||
      minute > 59 || !offset_is_valid(hour * 60 + minute))
    return false;
  time->offset = (int16_t)((hour * 60 + minute) * (west ? -1 : 1));
  time->zoned = true;
  return true;
}

/* 2026-11-01[T10:02[:01[.987]]][zone] */
static bool take_iso(const char **at, struct civil *civil, ets_time *time) {
  if (!take_number(at, 4, 4, &civil->year) || !take(at, '-') ||
      !take_number(at, 2, 2, &civil->month) || !take(at, '-') ||
      !take_number(at, 2, 2, &civil->day))
    return false;
  bool has_time = **at == 'T' || (**at == ' ' && is_digit((*at)[1]));
  if (has_time) {
    ++*at;
    if (!take_number(at, 2, 2, &civil->hour) || !take(at, ':') ||
        !take_number(at, 2, 2, &civil->minute) || !take_seconds(at, civil))
      return false;
  }
  return take_zone(at, time);
}

/* Turns the hour of a 12-hour clock into that of a day. */
static bool take_half_day(const char **at, int *hour) {
  char half = (char)(**at & ~0x20);
  if ((half != 'A' && half != 'P') || ((*at)[1] & ~0x20) != 'M' || *hour < 1 || *hour > 12)
    return false;
  *at += 2;
  *hour = *hour % 12 + (half == 'P' ? 12 : 0);
  return true;
}

/* 8/9/2026[ 1:02[:03[.5]][ PM]] */
static bool take_us(const char **at, struct civil *civil) {
  if (!take_number(at, 1, 2, &civil->month) || !take(at, '/') ||
      !take_number(at, 1, 2, &civil->day) || !take(at, '/') || !take_number(at, 4, 4, &civil->year))
    return false;
  if (**at != ' ' || !is_digit((*at)[1]))
    return true;
  ++*at;
  if (!take_number(at, 1, 2, &civil->hour) || !take(at, ':') ||
      !take_number(at, 2, 2, &civil->minute) || !take_seconds(at, civil))
    return false;
  const char *half = *at;
  take(&half, ' ');
  if (*half == '\0' || strchr(" \t\r\n", *half))
    return true;
  *at = half;
  return take_half_day(at, &civil->hour);
}

static bool is_valid(const struct civil *civil) {
  bool midnight = civil->hour == 24 && !civil->minute && !civil->second && !civil->microsecond;
  return civil->year >= 1 && civil->month >= 1 && civil->month <= 12 && civil->day >= 1 &&
         civil->day <= days_in_month(civil->year, civil->month) &&
         (civil->hour <= 23 || midnight) && civil->minute <= 59 && civil->second <= 59;
}

static const char *skip_blanks(const char *at) {
  return at + strspn(at, " \t\r\n");
}

ets_status ets_time_parse(ets_time *time, const char *text, int utc_offset) {
  if (!text || !offset_is_valid(utc_offset))
    return ETS_E_USAGE;
  struct civil civil = {0};
  ets_time made = {.offset = (int16_t)utc_offset};
  const char *at = skip_blanks(text);
  size_t digits = strspn(at, "0123456789");
  bool readable = at[digits] == '/' ? take_us(&at, &civil) : take_iso(&at, &civil, &made);
  if (!readable || *skip_blanks(at) || !is_valid(&civil))
    return ETS_E_USAGE;
  int64_t local = local_from_civil(&civil);
  if (local > LOCAL_MAX) /* 9999-12-31T24:00:00 */
    return ETS_E_USAGE;
  made.microseconds = local - made.offset * MINUTE;
  *time = made;
  return ETS_OK;
}

bool ets_time_has_fraction(const char *text) {
  const char *point = strchr(text, '.');
  return point && strspn(point + 1, "0") < strspn(point + 1, "0123456789");
}

/* --- writing --------------------------------------------------------------------------------- */

enum { TEXT_SIZE = 96 }; /* more than any int that the compiler can imagine in civil */

static size_t add_fraction(char *text, size_t length, int microsecond) {
  if (microsecond == 0)
    return length;
  length += (size_t)snprintf(text + length, TEXT_SIZE - length, ".%06d", microsecond);
  while (text[length - 1] == '0')
    length--;
  return length;
}

static size_t format(ets_time time, bool fraction, char *buffer, size_t size) {
  char text[TEXT_SIZE];
  struct civil civil;
  int offset = offset_of(time);
  int minutes = offset < 0 ? -offset : offset;
  civil_from_local(&civil, local_of(time, offset));
  size_t length = (size_t)snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", civil.year,
                                   civil.month, civil.day, civil.hour, civil.minute, civil.second);
  if (fraction)
    length = add_fraction(text, length, civil.microsecond);
  if (offset == 0)
    length += (size_t)snprintf(text + length, sizeof text - length, "Z");
  else
    length += (size_t)snprintf(text + length, sizeof text - length, "%c%02d:%02d",
                               offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
  if (size > 0) {
    size_t fits = length < size ? length : size - 1;
    memcpy(buffer, text, fits);
    buffer[fits] = '\0';
  }
  return length;
}

size_t ets_time_format(ets_time time, char *buffer, size_t size) {
  return format(time, true, buffer, size);
}

size_t ets_time_format_wire(ets_time time, char *buffer, size_t size) {
  return format(time, false, buffer, size);
}

/* --- arithmetic ------------------------------------------------------------------------------ */

ets_time ets_time_in(ets_time time, int utc_offset) {
  int64_t shift = utc_offset * MINUTE;
  if (offset_is_valid(utc_offset) && time.microseconds >= LOCAL_MIN - shift &&
      time.microseconds <= LOCAL_MAX - shift)
    time.offset = (int16_t)utc_offset;
  return time;
}

int ets_time_compare(ets_time a, ets_time b) {
  return (a.microseconds > b.microseconds) - (a.microseconds < b.microseconds);
}

ets_time ets_time_floor(ets_time time) {
  int64_t fraction = time.microseconds % SECOND;
  time.microseconds -= fraction < 0 ? fraction + SECOND : fraction;
  return time;
}

ets_time ets_time_add(ets_time time, int64_t microseconds) {
  int offset = offset_of(time);
  int64_t local = local_of(time, offset);
  if (microseconds > LOCAL_MAX - local)
    local = LOCAL_MAX;
  else if (microseconds < LOCAL_MIN - local)
    local = LOCAL_MIN;
  else
    local += microseconds;
  time.microseconds = local - offset * MINUTE;
  return time;
}

ets_time ets_time_now(int utc_offset) {
  struct timespec now = {0, 0};
  clock_gettime(CLOCK_REALTIME, &now);
  ets_time time = {.microseconds = (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000,
                   .offset = offset_is_valid(utc_offset) ? (int16_t)utc_offset : 0,
                   .zoned = true};
  return time;
}
