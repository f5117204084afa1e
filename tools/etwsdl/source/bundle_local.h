/* A document as it is kept: in UTF-8, with imports that name files beside it. */
#ifndef ETWSDL_SOURCE_BUNDLE_LOCAL_H
#define ETWSDL_SOURCE_BUNDLE_LOCAL_H

#include "etwsdl/source/xml.h"

/* Copies the text of a document with the imports renamed as `rename` says. */
typedef const char *import_name(void *context, const struct reader *reader, const xmlNode *node,
                                const char *location);
bool bundle_localise(struct contract *holder, const struct source *source, import_name *rename,
                     void *context, struct buffer *out);

#endif
