/* Types, elements and attributes of a namespace in plain.wsdl. */
#ifndef ETWSDL_META_PLAIN_SCHEMA_H
#define ETWSDL_META_PLAIN_SCHEMA_H

#include "etwsdl/meta/plain_writer.h"

void plain_schema(struct plain *plain, const struct plain_space *space);

#endif
