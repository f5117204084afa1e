/* What the readers of a document want read after it. */
#ifndef ETWSDL_READ_IMPORTS_H
#define ETWSDL_READ_IMPORTS_H

#include "etwsdl/source/xml.h"

enum import_kind { IMPORT_SCHEMA, INCLUDE_SCHEMA, IMPORT_WSDL };

struct import {
  enum import_kind kind;
  const char *from;     /* path of the document that asks */
  const char *location; /* as it says */
  const char *ns;       /* what the schema must have or, for an include, takes over; or NULL */
  struct place at;
};

/* Remembers what `node` points to. */
void import_later(const struct reader *reader, const xmlNode *node, enum import_kind kind,
                  const char *ns, const char *location);

#endif
