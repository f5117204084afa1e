/* The style sheet of a report. */
#ifndef ETTRACK_REPORT_STYLE_H
#define ETTRACK_REPORT_STYLE_H

extern const char *const html_style[]; /* in parts; ends with NULL */

#endif
