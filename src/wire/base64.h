/* Base64 of XML Schema: white space between the characters is allowed. */
#ifndef ETS_BASE64_H
#define ETS_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Decodes n characters into `bytes`, which has room for n / 4 * 3 + 3. False when it is none. */
bool ets_base64_read(const char *text, size_t n, unsigned char *bytes, size_t *size);

#endif
