/* What a report for the terminal is put together from. */
#ifndef ETTRACK_REPORT_TERMINAL_H
#define ETTRACK_REPORT_TERMINAL_H

#include "common/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Below that there is no room for bars and units beside the figures. */
enum { TERMINAL_NARROW = 60 };

void terminal_title(struct buffer *out, const char *text, size_t width);

/* Lines of text, indented by two. */
void terminal_text(struct buffer *out, const char *text, size_t width);

/* A share of 0 to 1, in eighths of a block so that small ones still differ. */
void terminal_bar(struct buffer *out, double share, size_t columns);

/* So many columns wide, cut when it has to be; in its middle, when that is said. */
void terminal_name(struct buffer *out, const char *name, size_t columns, bool middle);

void terminal_right(struct buffer *out, const char *text, size_t columns);
void terminal_number(struct buffer *out, int64_t number, size_t columns);
void terminal_percent(struct buffer *out, double percent, size_t columns);

/* Indented by two and so many columns wide; a longer name has a line of its own above.
 * Columns 0: nothing stands beside it. */
void terminal_lead(struct buffer *out, const char *name, size_t columns, size_t width);

/* A name, its count, its share in per cent, and a bar where there is room; `share` below 0: none.
 * A name that is too long is cut in its middle, when that is said and the terminal is not narrow;
 * else it has a line of its own. */
void terminal_line(struct buffer *out, const char *name, int64_t count, double percent,
                   double share, size_t width, bool middle);

#endif
