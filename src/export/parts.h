/* A window of more than a page, read by several sessions at once. */
#ifndef ETS_EXPORT_PARTS_H
#define ETS_EXPORT_PARTS_H

#include "export/reading.h"

/* Reads a piece of which the first page is known (its dates), together with those that help. */
ets_status ets_parts_read(struct ets_reading *reading, const struct ets_piece *piece);

/* Whoever helps is needed as long as somebody is between these two. */
void ets_crew_enter(const struct ets_export *plan);
void ets_crew_leave(const struct ets_export *plan);

#endif
