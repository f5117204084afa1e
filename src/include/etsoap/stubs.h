/** @file
 * The advanced tier: the generated types and stubs, and the session's `struct soap`, ready for a
 * direct call.
 *
 *     struct soap *soap = ets_stub_begin(session);
 *     if (soap && soap_call___et__Retrieve(soap, ets_session_endpoint(session), "Retrieve",
 *                                          &request, &response) == SOAP_OK)
 *       ...
 *     ets_status status = ets_stub_end(session);
 *
 * What a stub returns lives until the next ets_stub_begin() on the session; other calls and open
 * cursors do not touch it. The request goes out, and the answer comes in, as those of the helpers
 * do: by the session's connections, with its bounds and times, traced, checked by the same strict
 * parser before gSOAP reads it. The context's I/O functions, its modes and its `user` belong to the
 * session.
 * In libetsoap-stubs.a, which has the rest of the library as well and is linked instead of
 * libetsoap: pkg-config etsoap-stubs, or etsoap::stubs of CMake's package etsoap. gSOAP's header
 * needs POSIX: with -std=c11, compile with -D_POSIX_C_SOURCE=200809L. */
#ifndef ETSOAP_STUBS_H
#define ETSOAP_STUBS_H

#ifndef ETSOAP_STUBS
#error "etsoap/stubs.h is for pkg-config etsoap-stubs or CMake's etsoap::stubs, instead of etsoap"
#endif

#include <locale.h>

#ifndef LC_GLOBAL_LOCALE
#error "etsoap/stubs.h needs POSIX names: compile with -D_POSIX_C_SOURCE=200809L or -std=gnu11"
#endif

/* The contract has types without properties, structs without members in C. */
#ifdef __GNUC__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#endif
#include "etH.h"
#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif

#include <etsoap/session.h>

ETS_BEGIN_DECLS

/** Makes the session's context ready for one stub call: frees what the last one returned, puts
 * the credentials on the header. Call it before every stub call, since gSOAP takes the header off
 * again. Allocate request parts with soap_malloc() on it, or anywhere that outlives the call.
 * Does not talk to the network, but for an OAuth token that has to be fetched first.
 * @return the context, owned by the session; NULL on failure, see ets_session_error() */
struct soap *ets_stub_begin(ets_session *session);

/** Takes stock of the stub call: the same classification that every helper uses. `operation` of
 * the error is the SOAPAction given to the stub. Reads the rest of the answer, which gSOAP leaves.
 * @return ETS_OK; ETS_E_REFUSED or ETS_E_PERMISSION when OverallStatus says Error, ETS_E_PARTIAL
 *         when it says Has Errors: the response is there in these; or the failure of the call. The
 *         detail is in ets_session_error() */
ets_status ets_stub_end(ets_session *session);

ETS_END_DECLS
#endif
