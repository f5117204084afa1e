/* The account's average, beside a report. */
#ifndef ETS_REPORT_AVERAGE_H
#define ETS_REPORT_AVERAGE_H

#include "report/reading.h"
#include "report/totals.h"

/* Fills the report's average. */
ets_status ets_report_compare(struct ets_report_reading *reading);

#endif
