/* The SOAP header of a request: what it is signed with. */
#ifndef ETS_HEADER_H
#define ETS_HEADER_H

#include <stdbool.h>

struct ets_credential;
struct soap;

/* Puts credentials on the header of the next message; it lives in gSOAP's memory, and borrows
 * what the credential points to.
 * @param lifetime  seconds that the message claims to be valid; 0: no wsu:Timestamp
 * @return false when out of memory */
bool ets_header_put(struct soap *soap, const struct ets_credential *credential, int lifetime);

#endif
