/* Reads one <wsdl:definitions> into the model; what it imports is remembered. */
#ifndef ETWSDL_READ_WSDL_H
#define ETWSDL_READ_WSDL_H

#include "etwsdl/source/xml.h"

void wsdl_read(struct reader *reader, xmlNode *definitions);

#endif
