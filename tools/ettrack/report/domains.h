/* The internet domains of the recipients. */
#ifndef ETTRACK_REPORT_DOMAINS_H
#define ETTRACK_REPORT_DOMAINS_H

#include "ettrack/report/report.h"

/* Fills `domains` from `people`. Keys that are addresses tell it by themselves, the others are
 * asked for as Subscribers. */
ets_status domains_read(struct report *report, const struct service *service, ets_session *session);

#endif
