/* A report for the terminal. */
#ifndef ETTRACK_REPORT_TEXT_H
#define ETTRACK_REPORT_TEXT_H

#include "common/buffer.h"

#include <etsoap/report.h>

/* In so many columns, with so many links and domains by themselves. */
void text_write(struct buffer *out, const ets_report *report, size_t width, size_t top);

#endif
