#include "ground/date.h"

#include <time.h>

#include <etsoap/time.h>

enum { DAY_MS = 86400000, MINUTE_MS = 60000 };

static void write_digits(char *text, unsigned number, int count) {
  while (count--) {
    text[count] = (char)('0' + number % 10);
    number /= 10;
  }
}

/* Civil date from days since 1970, valid for the years 1 to 9999. */
static void civil(int64_t days, unsigned *year, unsigned *month, unsigned *day) {
  int64_t z = days + 719468;
  int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  unsigned doe = (unsigned)(z - era * 146097);
  unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  unsigned mp = (5 * doy + 2) / 153;
  *day = doy - (153 * mp + 2) / 5 + 1;
  *month = mp < 10 ? mp + 3 : mp - 9;
  *year = (unsigned)((int64_t)yoe + era * 400 + (*month <= 2));
}

static size_t write_seconds(char *text, int64_t milliseconds, unsigned *fraction) {
  int64_t days = milliseconds / DAY_MS;
  int64_t rest = milliseconds % DAY_MS;
  if (rest < 0) {
    rest += DAY_MS;
    days--;
  }
  unsigned year, month, day;
  civil(days, &year, &month, &day);
  unsigned seconds = (unsigned)(rest / 1000);
  write_digits(text, year, 4);
  text[4] = '-';
  write_digits(text + 5, month, 2);
  text[7] = '-';
  write_digits(text + 8, day, 2);
  text[10] = 'T';
  write_digits(text + 11, seconds / 3600, 2);
  text[13] = ':';
  write_digits(text + 14, seconds / 60 % 60, 2);
  text[16] = ':';
  write_digits(text + 17, seconds % 60, 2);
  *fraction = (unsigned)(rest % 1000);
  return 19;
}

size_t date_write(char *text, int64_t milliseconds) {
  unsigned fraction;
  size_t size = write_seconds(text, milliseconds, &fraction);
  if (fraction) {
    text[size] = '.';
    write_digits(text + size + 1, fraction, 3);
    size += 4;
    while (text[size - 1] == '0')
      size--;
  }
  return size;
}

void date_write_utc(char text[DATE_TEXT_SIZE + 2], int64_t milliseconds) {
  unsigned fraction;
  size_t size =
      write_seconds(text, milliseconds - (int64_t)ETS_SERVER_UTC_OFFSET * MINUTE_MS, &fraction);
  text[size] = '.';
  write_digits(text + size + 1, fraction, 3);
  text[size + 4] = 'Z';
  text[size + 5] = 0;
}

bool date_read(int64_t *milliseconds, const char *text) {
  ets_time time;
  if (ets_time_parse(&time, text, ETS_SERVER_UTC_OFFSET) != ETS_OK)
    return false;
  *milliseconds = time.microseconds / 1000 + (int64_t)ETS_SERVER_UTC_OFFSET * MINUTE_MS;
  return true;
}

int64_t date_now(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 +
         (int64_t)ETS_SERVER_UTC_OFFSET * MINUTE_MS;
}
