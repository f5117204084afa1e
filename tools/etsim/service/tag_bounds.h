/* Bounds that have to hold before an XML parser sees the bytes: parsers compare each attribute of a
 * tag with every other one. */
#ifndef ETSIM_SERVICE_TAG_BOUNDS_H
#define ETSIM_SERVICE_TAG_BOUNDS_H

#include <stdbool.h>
#include <stddef.h>

enum { TAG_BYTES = 65536, TAG_ATTRIBUTES = 128 };

/* Whether every tag keeps to both. The encoding has to contain ASCII as it is. */
bool tag_bounds_keep(const char *bytes, size_t size);

#endif
