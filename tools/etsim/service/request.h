/* The bytes of a request, read strictly before the generated reader sees them: well-formed XML
 * without a DTD, within bounds. It is written again as that reader takes it, where the service is
 * more lenient than the reader is:
 *   - the header comes first, wherever it stood;
 *   - fueloauth is in its namespace, also when it was sent without one;
 *   - an xsi:type that is a built-in type of XML Schema is left out: it says nothing that the
 *     contract does not say;
 *   - UTF-16 and the other encodings become UTF-8. */
#ifndef ETSIM_SERVICE_REQUEST_H
#define ETSIM_SERVICE_REQUEST_H

#include "common/buffer.h"

enum {
  REQUEST_LEVELS = 128,     /* of elements */
  REQUEST_NAMESPACES = 256, /* declared where an element stands */
  REQUEST_VALUE = 8 << 20   /* bytes of one value */
};

/* @param[out] out          the envelope
 * @param[out] soap_version 1 or 2 when the envelope says it, else it stays as it was
 * @param[out] refusal      why it cannot be read
 * @return false when it cannot */
bool request_read(struct buffer *out, const char *bytes, size_t size, int *soap_version,
                  struct buffer *refusal);

#endif
