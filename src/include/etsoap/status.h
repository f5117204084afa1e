/** @file
 * What a call came to. 0 is success, 1 is the end of a cursor's rows, negatives are failures,
 * told apart by what the caller can do about them. The detail is in ets_error. */
#ifndef ETSOAP_STATUS_H
#define ETSOAP_STATUS_H

#include <etsoap/visibility.h>

ETS_BEGIN_DECLS

/** Every status: name, value, one line for people. `X(name, value, text)` is used for each. */
#define ETS_STATUS_MAP(X)                                                           \
  X(OK, 0, "done")                                                                  \
  X(END, 1, "no more rows")                                                         \
  X(E_USAGE, -1, "wrong argument: correct the call")                                \
  X(E_NOMEM, -2, "out of memory")                                                   \
  X(E_IO, -3, "a local file cannot be read or written")                             \
  X(E_CONNECT, -4, "the endpoint cannot be reached")                                \
  X(E_TLS, -5, "the TLS connection is not trusted or failed")                       \
  X(E_TIMEOUT, -6, "the service did not answer in time")                            \
  X(E_HTTP, -7, "something between here and the service answered, not the service") \
  X(E_CUT, -8, "the answer broke off")                                              \
  X(E_PROTOCOL, -9, "the answer is not what the contract says")                     \
  X(E_LOGIN, -10, "the credentials are refused")                                    \
  X(E_EXPIRED, -11, "the access token has expired")                                 \
  X(E_PERMISSION, -12, "the account may not do this")                               \
  X(E_LIMITED, -13, "the service limits the rate of calls")                         \
  X(E_UNAVAILABLE, -14, "the service is down or in maintenance")                    \
  X(E_FAULT, -15, "the service answered with a fault")                              \
  X(E_REFUSED, -16, "the service understood the request and refused it")            \
  X(E_PARTIAL, -17, "some items failed, others were done")                          \
  X(E_NOT_FOUND, -18, "there is no such object")                                    \
  X(E_ABORTED, -19, "ended by the caller's callback")                               \
  X(E_BUSY, -20, "somebody else is working on it")

/** What a call came to. */
typedef enum ets_status {
/** @cond */
#define ETS_STATUS_ENUM(name, value, text) ETS_##name = value,
  ETS_STATUS_MAP(ETS_STATUS_ENUM)
#undef ETS_STATUS_ENUM
  /** @endcond */
} ets_status;

/** Name of a status, "E_TIMEOUT"; "unknown status" for a value that is none. Static text. */
ETS_API const char *ets_status_name(ets_status status);

/** One line for people, "the service did not answer in time". Static text. */
ETS_API const char *ets_status_text(ets_status status);

ETS_END_DECLS
#endif
