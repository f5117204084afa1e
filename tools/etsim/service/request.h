/* The bytes of a request, read before the generated reader sees them by the library's own strict
 * parser, within the bounds that it keeps answers to. It is written again as the generated reader
 * takes it, where the service is more lenient than that one:
 *   - the header comes first, wherever it stood;
 *   - fueloauth is in its namespace, also when it was sent without one;
 *   - an xsi:type that is a built-in type of XML Schema is left out: it says nothing that the
 *     contract does not say;
 *   - UTF-16 and the other encodings become UTF-8. */
#ifndef ETSIM_SERVICE_REQUEST_H
#define ETSIM_SERVICE_REQUEST_H

#include "common/buffer.h"

enum {
  REQUEST_NAMESPACES = 256 /* around an element: the generated reader looks at all for each name */
};

/* Borrowed. */
struct request_bytes {
  const char *data;
  size_t size;
  const char *charset; /* of the content type, "" when it does not say */
};

/* @param[out] out          the envelope
 * @param[out] soap_version 1 or 2 when the envelope says it, else it stays as it was
 * @param[out] refusal      why it cannot be read; nothing when out of memory
 * @return false when it cannot */
bool request_read(struct buffer *out, const struct request_bytes *bytes, int *soap_version,
                  struct buffer *refusal);

#endif
