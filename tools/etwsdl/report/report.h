/* A diff on its way out. */
#ifndef ETWSDL_REPORT_REPORT_H
#define ETWSDL_REPORT_REPORT_H

#include "etwsdl/diff/diff.h"

/* One paragraph. Allocated in the new contract's arena. */
const char *report_verdict(const struct diff *diff);

/* The changes by group, without the verdict. */
void report_changes(struct buffer *out, const struct diff *diff);

/* All of it. Free with buffer_free. */
struct buffer report_text(const struct diff *diff);
struct buffer report_markdown(const struct diff *diff);
struct buffer report_json(const struct diff *diff);

#endif
