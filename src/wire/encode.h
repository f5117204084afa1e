/* From objects to the bytes of a request, driven by the type table. What is nil goes out as
 * xsi:nil, what is empty as an empty element, what is absent not at all, derived types with their
 * xsi:type; what a copied row holds beside the contract goes back as it came. */
#ifndef ETS_ENCODE_H
#define ETS_ENCODE_H

#include <etsoap/object.h>

struct soap;

/* Writes `object` as the element `name` of the contract's namespace. Returns SOAP_OK or gSOAP's
 * error. */
int ets_encode(struct soap *soap, const char *name, ets_object object);

#endif
