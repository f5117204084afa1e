/* The events of a send, as a report takes them. */
#ifndef ETS_REPORT_EVENTS_H
#define ETS_REPORT_EVENTS_H

#include "report/reading.h"

/* Reads them, those that were sent only while domains are read. */
ets_status ets_report_events(struct ets_report_reading *reading);

#endif
