/* The summary of a send for people: one property a line, grouped by what it tells. What a table is
 * for `ettrack send`. */
#ifndef ETTRACK_SENDS_SHEET_H
#define ETTRACK_SENDS_SHEET_H

#include "ettrack/output/writer.h"

extern const struct writer writer_sheet;

#endif
