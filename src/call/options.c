#include "call/options.h"

#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

#define SECONDS "seconds, 0: no limit"
#define BYTES "bytes, 0: no bound"
const struct ets_session_number ets_session_numbers[ETS_SESSION_NUMBER_COUNT] = {
#define ETS_SESSION_NUMBER(name, environment, least, most, unit) \
  {#name,                                                        \
   offsetof(ets_session_options, name),                          \
   sizeof(((ets_session_options *)NULL)->name),                  \
   least,                                                        \
   most,                                                         \
   unit},
#include "call/options.def"
#undef ETS_SESSION_NUMBER
};

static int64_t get(const ets_session_options *options, const struct ets_session_number *number) {
  const char *place = (const char *)options + number->offset;
  int64_t wide;
  int narrow;
  if (number->size == sizeof wide) {
    memcpy(&wide, place, sizeof wide);
    return wide;
  }
  memcpy(&narrow, place, sizeof narrow);
  return narrow;
}

void ets_session_options_set(ets_session_options *options, enum ets_session_number_id id,
                             int64_t value) {
  const struct ets_session_number *number = &ets_session_numbers[id];
  char *place = (char *)options + number->offset;
  int narrow = (int)value;
  if (number->size == sizeof value)
    memcpy(place, &value, sizeof value);
  else
    memcpy(place, &narrow, sizeof narrow);
}

static ets_status check(const ets_session_options *options, ets_error *error) {
  const ets_retry *retry = &options->retry;
  for (size_t i = 0; i < ETS_SESSION_NUMBER_COUNT; i++) {
    const struct ets_session_number *number = &ets_session_numbers[i];
    int64_t value = get(options, number);
    if (value < number->least || value > number->most)
      return ets_error_set(error, ETS_E_USAGE,
                           "%s %" PRId64 ": expected %" PRId64 " to %" PRId64 " (%s)", number->name,
                           value, number->least, number->most, number->unit);
  }
  if (options->server_utc_offset < -14 * 60 || options->server_utc_offset > 14 * 60)
    return ets_error_set(error, ETS_E_USAGE,
                         "server_utc_offset %d: expected minutes from -840 to 840",
                         options->server_utc_offset);
  if (retry->tries < 1 || retry->first_delay < 0 || retry->max_delay < 0 || retry->total_time < 0 ||
      !(retry->max_requests_per_second >= 0))
    return ets_error_set(error, ETS_E_USAGE,
                         "retry: expected tries of 1 or more, times and rate of 0 or more");
  return ETS_OK;
}

ets_status ets_session_options_read(ets_session_options *full, const ets_session_options *given,
                                    ets_error *error) {
  static const size_t known[ETS_SESSION_OPTIONS_VERSION + 1] = {
      [1] = offsetof(ets_session_options, no_proxy), [2] = sizeof *full};
  *full = (ets_session_options)ETS_SESSION_OPTIONS_INIT;
  if (!given)
    return ETS_OK;
  if (given->version < 1 || given->version > ETS_SESSION_OPTIONS_VERSION)
    return ets_error_set(error, ETS_E_USAGE,
                         "session options: start from ETS_SESSION_OPTIONS_INIT");
  memcpy(full, given, known[given->version]);
  full->version = ETS_SESSION_OPTIONS_VERSION;
  return check(full, error);
}
