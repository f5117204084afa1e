/* What a fault or a status of the service means to the caller. Knows no session: takes what came,
 * fills an error. */
#ifndef ETS_FAULT_H
#define ETS_FAULT_H

#include "auth/auth.h"
#include "wire/soap_fault.h"

#include <etsoap/error.h>

/* @param auth  the credentials that the request had: they are not quoted, and what is advised
 *              depends on them */
ets_status ets_fault_report(ets_error *error, const struct ets_soap_fault *fault,
                            const struct ets_auth *auth);

/* What an OverallStatus says, told apart leniently: the case and blanks around it do not count.
 * ABSENT: there is none, or nothing in it. */
enum ets_overall {
  ETS_OVERALL_ABSENT,
  ETS_OVERALL_OK,
  ETS_OVERALL_MORE,
  ETS_OVERALL_HAS_ERRORS,
  ETS_OVERALL_ERROR
};

enum ets_overall ets_overall_of(const char *overall_status);

/* Fails with what a StatusMessage or an OverallStatus says.
 * @param text  NULL: nothing
 * @param code  ErrorCode, 0: none */
ets_status ets_fault_refused(ets_error *error, const char *text, int code,
                             const struct ets_auth *auth);

#endif
