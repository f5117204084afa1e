/* What `ettrack send` adds to the properties of a Send: what the service does not return as Links
 * and Events, counted from LinkSend and the event objects. */
#ifndef ETTRACK_SENDS_COUNTS_H
#define ETTRACK_SENDS_COUNTS_H

#include <etsoap/etsoap.h>

#define COUNTS_LINKS "Links"                   /* number of links */
#define COUNTS_LINK_CLICKS "Links.TotalClicks" /* their clicks together */
#define COUNTS_EVENTS_PREFIX "Events."         /* "Events.SentEvent": number of such events */

/* The columns of counts: links, their clicks, then the event types. */
enum { COUNTS_COLUMNS = 2 + ETS_EVENT_TYPE_COUNT };

/* The name of the i-th of them. Static text. */
const char *counts_column(size_t i);

/* Counts the links of a send, one request, and with `events` the events of every type, which means
 * reading them all; the values of what is not counted are left alone. */
ets_status counts_fetch(ets_value values[COUNTS_COLUMNS], ets_session *session, int32_t job_id,
                        const ets_scope *scope, bool events);

#endif
