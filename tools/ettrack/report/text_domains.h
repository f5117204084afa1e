/* The internet domains of a report, for a terminal. */
#ifndef ETTRACK_REPORT_TEXT_DOMAINS_H
#define ETTRACK_REPORT_TEXT_DOMAINS_H

#include "common/buffer.h"

#include <etsoap/report.h>

/* With so many of them by themselves. */
void text_domains(struct buffer *out, const ets_report *report, size_t width, size_t top);

#endif
