/* The internet domains of the recipients. */
#ifndef ETS_REPORT_DOMAINS_H
#define ETS_REPORT_DOMAINS_H

#include "report/reading.h"

/* Makes the report's domains from the recipients. Keys that are addresses tell theirs by
 * themselves, the others are asked for as Subscribers. */
ets_status ets_report_domains(struct ets_report_reading *reading);

#endif
