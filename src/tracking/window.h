/* A period of time as the service compares it. */
#ifndef ETS_WINDOW_H
#define ETS_WINDOW_H

#include <etsoap/filter.h>
#include <etsoap/time.h>

/* `property` from `since` (included) to `until` (not included), either of which may be NULL.
 * Windows that share an edge have no row in common and lose none, whatever fraction a row has,
 * since the service compares with whole seconds.
 * @param[out] filter  NULL when both ends are open, or on failure
 * @return ETS_OK; ETS_E_USAGE for an end with a fraction of a second, or a window with nothing in
 *         it; ETS_E_NOMEM */
ets_status ets_window_filter(ets_filter **filter, const char *property, const ets_time *since,
                             const ets_time *until, ets_error *error);

#endif
