/* Requests in UTF-16. */
#ifndef ETSIM_SERVICE_UTF16_H
#define ETSIM_SERVICE_UTF16_H

#include "common/buffer.h"

/* Whether the bytes begin as XML in UTF-16 does, with or without a byte order mark. */
bool utf16_is(const char *bytes, size_t size);

/* The same text in UTF-8. @return false: it is no UTF-16, or memory is out */
bool utf16_to_utf8(struct buffer *out, const char *bytes, size_t size);

#endif
