#include "http/retry_after.h"

#include "http/libcurl.h"

#include <string.h>
#include <time.h>

enum { MS = 1000, LONGEST = 24 * 60 * 60 };

int64_t ets_http_date(const char *value) {
  return (int64_t)curl_getdate(value, NULL);
}

static int64_t wait_of(int64_t seconds) {
  return (seconds < 0 ? 0 : seconds > LONGEST ? LONGEST : seconds) * MS;
}

int64_t ets_http_retry_after(const char *value, int64_t date) {
  size_t digits = strspn(value, "0123456789");
  if (digits > 0 && value[digits] == '\0') {
    int64_t seconds = 0;
    for (size_t i = 0; i < digits && seconds <= LONGEST; i++)
      seconds = seconds * 10 + (value[i] - '0');
    return wait_of(seconds);
  }
  int64_t until = ets_http_date(value);
  return until < 0 ? -1 : wait_of(until - (date < 0 ? (int64_t)time(NULL) : date));
}
