/* Addresses that credentials go to. */
#ifndef ETS_ADDRESS_H
#define ETS_ADDRESS_H

#include <etsoap/error.h>

/* Whether credentials may go to this address: https, or http on loopback.
 * @param what  names it in the error, "endpoint" */
ets_status ets_address_check(const char *what, const char *address, ets_error *error);

#endif
