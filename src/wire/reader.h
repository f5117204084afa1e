/* From the parser's events to objects, by the type table: inside the response, a row or a fault. */
#ifndef ETS_READER_H
#define ETS_READER_H

#include "wire/plan.h"

/* An object that its reader puts somewhere itself: the response, a row. */
bool ets_reader_root(struct ets_reader *reader, struct ets_plan *plan, const struct ets_tag *tag,
                     bool unknown);

/* What comes before an element inside the one on top: white space, or it is refused. */
bool ets_reader_before(struct ets_reader *reader);

void ets_reader_start(struct ets_reader *reader, struct ets_tag *tag);
void ets_reader_end(struct ets_reader *reader);
void ets_reader_text(struct ets_reader *reader, const char *bytes, size_t n);

#endif
