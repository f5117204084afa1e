/* Retry-After and the dates of HTTP. */
#ifndef ETS_HTTP_RETRY_AFTER_H
#define ETS_HTTP_RETRY_AFTER_H

#include <stdint.h>

/* Seconds since 1970 of a Date header; -1 when it is none. */
int64_t ets_http_date(const char *value);

/* Milliseconds to wait that a Retry-After header asks for, a day at most: seconds, or a date, which
 * counts from `date`, the answer's own clock, and without that (-1) from this machine's.
 * -1: neither. */
int64_t ets_http_retry_after(const char *value, int64_t date);

#endif
