/* What every part of a <wsdl:definitions> has. */
#ifndef ETWSDL_READ_DEFINITIONS_H
#define ETWSDL_READ_DEFINITIONS_H

#include "etwsdl/source/xml.h"

/* documentation: false for other nodes. */
bool wsdl_documentation(const struct reader *reader, const xmlNode *node, const char **text);

/* Defines a name of the WSDL; a second one is an error. */
void wsdl_define(const struct reader *reader, enum space space, struct qname name, void *what,
                 struct place at);

#endif
