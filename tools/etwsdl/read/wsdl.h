/* Reads one <wsdl:definitions> into the model, schemas and imports included. */
#ifndef ETWSDL_READ_WSDL_H
#define ETWSDL_READ_WSDL_H

#include "etwsdl/source/xml.h"

void wsdl_read(struct reader *reader, xmlNode *definitions);

/* wsdl_binding.c: the part that knows SOAP 1.1 and 1.2. */
void wsdl_read_binding(const struct reader *reader, xmlNode *node);
void wsdl_read_service(const struct reader *reader, xmlNode *node);

/* documentation: false for other nodes. */
bool wsdl_documentation(const struct reader *reader, const xmlNode *node, const char **text);

/* Defines a name of the WSDL; a second one is an error. */
void wsdl_define(const struct reader *reader, enum space space, struct qname name, void *what,
                 struct place at);

#endif
