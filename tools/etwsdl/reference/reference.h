/* `etwsdl reference`: a contract as static pages, one a type, searchable without a server. */
#ifndef ETWSDL_REFERENCE_REFERENCE_H
#define ETWSDL_REFERENCE_REFERENCE_H

#include "etwsdl/meta/meta.h"

/* Writes all pages into a folder that is there; `count` becomes their number. False after saying
 * what failed. */
bool reference_write(const struct meta *meta, const char *folder, size_t *count);

#endif
