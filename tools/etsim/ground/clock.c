#include "ground/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ground/date.h"

enum { TIME_SIZE = 64, FACTOR_LIMIT = 1000000 };

static bool read_factor(double *factor, const char *text) {
  char *end;
  if (*text != 'x' || text[1] < '0' || text[1] > '9')
    return false;
  *factor = strtod(text + 1, &end);
  return !*end && isfinite(*factor) && *factor <= FACTOR_LIMIT;
}

static bool read_time(struct clock *clock, const char *text, size_t size) {
  char time[TIME_SIZE];
  if (size >= sizeof time)
    return false;
  memcpy(time, text, size);
  time[size] = 0;
  clock->dated = date_read(&clock->account, time);
  return clock->dated;
}

bool clock_read(struct clock *clock, const char *text) {
  int64_t now = date_now();
  *clock = (struct clock){.machine = now, .account = now, .factor = 1};
  if (strcmp(text, "real") == 0)
    return true;
  if (*text == 'x')
    return read_factor(&clock->factor, text);
  size_t size = strcspn(text, ",");
  clock->factor = 0;
  return read_time(clock, text, size) &&
         (!text[size] || read_factor(&clock->factor, text + size + 1));
}

bool clock_runs_alone(const struct clock *clock) {
  return clock->factor > 0 && (clock->dated || clock->factor < 1 || clock->factor > 1);
}

int64_t clock_now(const struct clock *clock) {
  return clock->account + (int64_t)((double)(date_now() - clock->machine) * clock->factor);
}
