/** @file
 * Points in time, with microseconds and the offset they were written with, independent of TZ.
 * A date without zone is in server time: UTC-06:00 all year unless the session says otherwise.
 * None of these functions talks to the network or allocates. */
#ifndef ETSOAP_TIME_H
#define ETSOAP_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <etsoap/status.h>

ETS_BEGIN_DECLS

/** A point in time. */
typedef struct ets_time {
  int64_t microseconds; /**< Since 1970-01-01T00:00:00Z, leap seconds not counted. */
  int16_t offset;       /**< Minutes east of UTC that it is printed in. */
  bool zoned;           /**< The text it came from named its zone. */
} ets_time;

#define ETS_SERVER_UTC_OFFSET (-360) /**< Minutes: UTC-06:00, no daylight saving. */

/** Reads `2026-11-01`, `2026-11-01T10:02`, `2026-11-01T10:02:01.987`, a blank in place of the T,
 * each with `Z`, `+HH:MM` up to 14:00 either way, or no zone; and, month first and without zone,
 * what data extension rows hold: `8/9/2026 1:02:03 PM`, `8/9/2026 13:02`, `8/9/2026`.
 * Years 1 to 9999 as written; 24:00:00 is the next day; digits beyond microseconds are cut;
 * blanks around the text do not matter.
 * @param[out] time     untouched on failure
 * @param utc_offset    minutes east of UTC that a text without zone means, -840 to 840
 * @return ETS_OK or ETS_E_USAGE */
ETS_API ets_status ets_time_parse(ets_time *time, const char *text, int utc_offset) ETS_WARN_UNUSED;

/** Whether the text of a time has a fraction of a second other than 0, be it one beyond
 * microseconds, which ets_time_parse() cuts. Windows and filters take whole seconds only.
 * @param text  what ets_time_parse() reads */
ETS_API bool ets_time_has_fraction(const char *text);

/** Writes RFC 3339, `2026-11-01T10:02:01.987-06:00`: as many digits of the fraction as it has
 * (none, or up to 6 without trailing zeros), `Z` for offset 0. 33 bytes are always enough.
 * @return the length it has or would have, as snprintf does */
ETS_API size_t ets_time_format(ets_time time, char *buffer, size_t size);

/** Writes what a DateValue takes: seconds, no fraction (the service drops it), with the
 * offset. */
ETS_API size_t ets_time_format_wire(ets_time time, char *buffer, size_t size);

/** The same instant, printed in another offset, -840 to 840 minutes. An instant that is outside
 * the years 1 to 9999 there keeps the offset it has. */
ETS_API ets_time ets_time_in(ets_time time, int utc_offset);

/** -1, 0 or 1 by instant; the offsets do not matter. */
ETS_API int ets_time_compare(ets_time a, ets_time b);

/** `time` plus so many microseconds; stops at the ends of the years 1 to 9999, counted in the
 * offset of `time`. */
ETS_API ets_time ets_time_add(ets_time time, int64_t microseconds);

/** The whole second that `time` lies in: what a window of tracking starts or ends with. */
ETS_API ets_time ets_time_floor(ets_time time);

/** Now, in the given offset. */
ETS_API ets_time ets_time_now(int utc_offset);

ETS_END_DECLS
#endif
