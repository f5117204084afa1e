/* From structs to the bytes of a request, driven by the type table: the counterpart of decode.h.
 * Members that point to ets_nil go out as xsi:nil, absent ones not at all, derived types with
 * their xsi:type. */
#ifndef ETS_ENCODE_H
#define ETS_ENCODE_H

#include "contract/types.h"

struct soap;

/* Writes `data` as the element `name` of the contract's namespace. Returns SOAP_OK or gSOAP's
 * error. */
int ets_encode(struct soap *soap, const char *name, const struct ets_type *type, const void *data);

#endif
