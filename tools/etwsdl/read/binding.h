/* The parts of a WSDL that know SOAP 1.1 and 1.2. */
#ifndef ETWSDL_READ_BINDING_H
#define ETWSDL_READ_BINDING_H

#include "etwsdl/source/xml.h"

void wsdl_read_binding(const struct reader *reader, xmlNode *node);
void wsdl_read_service(const struct reader *reader, xmlNode *node);

#endif
