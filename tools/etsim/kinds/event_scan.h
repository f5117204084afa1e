/* The next row of an event type. */
#ifndef ETSIM_KINDS_EVENT_SCAN_H
#define ETSIM_KINDS_EVENT_SCAN_H

#include "kinds/scan.h"

/* Uses what the filter asks of SendID, SubscriberKey, SubscriberID and EventDate. */
bool event_next(struct scan *scan, struct row *row);

#endif
