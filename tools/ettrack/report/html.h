/* A report as one page of HTML that fetches nothing. */
#ifndef ETTRACK_REPORT_HTML_H
#define ETTRACK_REPORT_HTML_H

#include "common/buffer.h"

#include <etsoap/report.h>

/* With so many links and domains by themselves. */
void html_write(struct buffer *out, const ets_report *report, size_t top);

#endif
