/* Dates on the server's clock: milliseconds since 1970-01-01T00:00:00 of server time, whatever the
 * zone. The clock runs at UTC-06:00 all year. */
#ifndef ETSIM_GROUND_DATE_H
#define ETSIM_GROUND_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DATE_TEXT_SIZE = 24 };

/* `2026-11-10T10:02:01.98`: no zone, trailing zeros of the fraction cut, as the service writes.
 * @return the length; `text` takes DATE_TEXT_SIZE bytes and is not NUL-terminated */
size_t date_write(char *text, int64_t milliseconds);

/* Reads what ets_time_parse() reads; a text without zone is server time. */
bool date_read(int64_t *milliseconds, const char *text);

/* Now on the server's clock. */
int64_t date_now(void);

/* `2026-11-21T04:49:07.123Z` for a point in time given on the server's clock: NUL-terminated. */
void date_write_utc(char text[DATE_TEXT_SIZE + 2], int64_t milliseconds);

#endif
