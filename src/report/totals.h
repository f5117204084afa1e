/* The statistics of a send, and of several together. */
#ifndef ETS_REPORT_TOTALS_H
#define ETS_REPORT_TOTALS_H

#include <etsoap/report.h>

/* Those of a Send, without clicks, which it does not have: 0. */
void ets_totals_take(ets_report_totals *totals, ets_object send);

/* Adds them; a sum is not known when a part of it is not. */
void ets_totals_add(ets_report_totals *sum, const ets_report_totals *totals);

void ets_totals_rates(ets_rates *rates, double *cumulated_clicks, const ets_report_totals *totals);

#endif
