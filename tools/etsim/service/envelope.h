/* The order of an envelope's parts. */
#ifndef ETSIM_SERVICE_ENVELOPE_H
#define ETSIM_SERVICE_ENVELOPE_H

#include <stddef.h>

#include "common/buffer.h"

/* Some clients (sfmc-sdk) write the Header behind the Body, and the service takes it. When
 * `*request`, NUL-terminated, is such an envelope, it becomes a copy in `copy` with the Header
 * first, valid until `copy` changes. */
void envelope_header_first(const char **request, size_t *size, struct buffer *copy);

#endif
