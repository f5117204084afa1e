/* What every part of a <wsdl:definitions> has. */
#ifndef ETWSDL_READ_DEFINITIONS_H
#define ETWSDL_READ_DEFINITIONS_H

#include "etwsdl/source/xml.h"

/* documentation: false for other nodes. */
bool wsdl_documentation(const struct reader *reader, const xmlNode *node, const char **text);

/* Defines a name of the WSDL; a second one is an error. */
void wsdl_define(const struct reader *reader, enum space space, struct qname name, void *what,
                 struct place at);

/* Says so when `what` ("port Soap") is in `names` already, under its first place; notes it else. */
void wsdl_once(const struct reader *reader, struct map *names, const char *what, struct place at);

#endif
