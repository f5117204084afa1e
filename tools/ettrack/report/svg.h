/* The charts of a report, as inline SVG that CSS colours: classes s0 to s5 are the series. */
#ifndef ETTRACK_REPORT_SVG_H
#define ETTRACK_REPORT_SVG_H

#include "common/buffer.h"

#include <etsoap/report.h>

enum { SVG_SERIES = 6 }; /* the last one is all others */

/* Opens and clicks that had come by a time, in per cent of all. */
void svg_cumulated(struct buffer *out, const ets_report *report);

/* Clicks per day, stacked by link: the first links by themselves, all others as one. */
void svg_days(struct buffer *out, const ets_report *report);

#endif
