/* SHA-256 in hexadecimal. */
#ifndef ETWSDL_SOURCE_DIGEST_H
#define ETWSDL_SOURCE_DIGEST_H

#include <stddef.h>

void digest_sha256(char hex[65], const void *bytes, size_t size);

#endif
