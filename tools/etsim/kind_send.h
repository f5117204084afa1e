/* What the kinds that belong to sends share. */
#ifndef ETSIM_KIND_SEND_H
#define ETSIM_KIND_SEND_H

#include "kind.h"

/* The send at the scan's position or the next one that it may see; the only one when the filter
 * names it by `id_property`. NULL at the end. */
const struct send *scan_next_send(struct scan *scan, size_t id_property);

/* Written into the row's scratch. */
const char *send_preview(struct row *row, const struct send *send);

#endif
