/* Rows of gSOAP's tables of namespaces: {ETS_NAMESPACE_XSI}. gSOAP wants the first four names of a
 * table in the order that they have here; a row without URI is not sent. */
#ifndef ETS_NAMESPACES_H
#define ETS_NAMESPACES_H

#include "contract/types.h"

#define ETS_NAMESPACE_ENVELOPE \
  "SOAP-ENV", "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/*/soap-envelope", NULL
#define ETS_NAMESPACE_NO_ENCODING "SOAP-ENC", NULL, NULL, NULL
#define ETS_NAMESPACE_XSI \
  "xsi", "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/*/XMLSchema-instance", NULL
#define ETS_NAMESPACE_XSD \
  "xsd", "http://www.w3.org/2001/XMLSchema", "http://www.w3.org/*/XMLSchema", NULL
#define ETS_NAMESPACE_NO_XSD "xsd", NULL, NULL, NULL

#define ETS_NAMESPACE_CONTRACT "et", ETS_CONTRACT_NAMESPACE, NULL, NULL
#define ETS_NAMESPACE_FAULT "fault", "urn:fault.partner.exacttarget.com", NULL, NULL
#define ETS_NAMESPACE_FUEL "fuel", "http://exacttarget.com", NULL, NULL
#define ETS_NAMESPACE_WSA "wsa", "http://schemas.xmlsoap.org/ws/2004/08/addressing", NULL, NULL
#define ETS_NAMESPACE_WSSE                                                                     \
  "wsse", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd", \
      NULL, NULL
#define ETS_NAMESPACE_WSU                                                                      \
  "wsu", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd", \
      NULL, NULL

#define ETS_NAMESPACE_END NULL, NULL, NULL, NULL

#endif
