/* A report for programs: a line for each figure. */
#ifndef ETTRACK_REPORT_FIGURES_H
#define ETTRACK_REPORT_FIGURES_H

#include "ettrack/run/work.h"

#include <etsoap/report.h>

/* Client.ID, Section, Name, Count, Percent, Average. */
enum { FIGURES_COLUMNS = 6 };
extern const char *figures_names[FIGURES_COLUMNS];

/* Gives them all to the taker, with so many links and domains by themselves; `account`: Client.ID
 * is a column. */
void figures_give(const struct taker *taker, const ets_report *report, size_t top, bool account);

#endif
