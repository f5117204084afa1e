/* Compressed bodies. */
#ifndef ETSIM_NET_INFLATE_H
#define ETSIM_NET_INFLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buffer.h"

/* Replaces a gzip or zlib body by what is in it; false when it is damaged or larger than
 * `limit`. */
bool inflate_body(struct buffer *body, size_t limit);

/* Appends `bytes` in gzip format. */
bool deflate_body(struct buffer *out, const void *bytes, size_t size);

#endif
