/* The two SOAP envelopes, and faults out of their elements. */
#ifndef ETS_SOAP_NAMES_H
#define ETS_SOAP_NAMES_H

#include "object/notes.h"
#include "wire/soap_fault.h"

/* 11 or 12 for the namespace of an envelope, else 0. `space` may be NULL. */
int ets_soap_version(const char *space);

struct ets_tag;

/* Why an element cannot be passed over in a header, for "has <NAME> ..."; NULL: it can. What
 * WS-Addressing and WS-Security say is known, and known to ask for nothing. */
const char *ets_soap_binding(const struct ets_tag *tag);

/* Whether an element of this namespace counts as the contract's: one without any does, too. */
bool ets_in_contract(const unsigned char *space);

/* What a Fault element holds; borrows from it. NULL when out of memory. */
struct ets_soap_fault *ets_soap_fault_read(struct ets_arena *arena, int version,
                                           const struct ets_element *fault);

#endif
