/* What an answer says of what it was asked to do. A thing counts as done when the answer confirms
 * it: by a result of its own that says OK, under an OverallStatus that says OK. */
#ifndef ETS_VERDICT_H
#define ETS_VERDICT_H

#include "contract/operations.h"

#include <etsoap/object.h>
#include <etsoap/session.h>

/* The result at an index, by the operation's path; no object when there is none. */
ets_object ets_verdict_item(ets_object response, const struct ets_operation *operation,
                            size_t index);

/* What a result says: ETS_OK; ETS_E_REFUSED; ETS_E_PARTIAL for a triggered send that some
 * subscribers are refused; ETS_E_PROTOCOL for no StatusCode, so that its fate is unknown. */
ets_status ets_verdict_of(ets_object item);

/* Why a result is not OK, "" when it does not say, and its ErrorCode, 0 for none. */
const char *ets_verdict_reason(ets_object item, int *code);

/* Judges an answer with a result for each of `expected` things.
 * @return ETS_OK; ETS_E_REFUSED, ETS_E_PERMISSION when none was accepted; ETS_E_PARTIAL when some
 *         were; ETS_E_PROTOCOL when the status that the operation has is missing */
ets_status ets_verdict_judge(ets_session *session, ets_object response,
                             const struct ets_operation *operation, size_t expected);

/* Fails with ETS_E_PROTOCOL since an answer has no `missing`. */
ets_status ets_verdict_unconfirmed(ets_error *error, const struct ets_operation *operation,
                                   const char *missing);

/* Fails with ETS_E_PARTIAL since an answer that confirms all it was asked for has other results. */
ets_status ets_verdict_surplus(ets_session *session, size_t confirmed, size_t surplus);

/* ETS_E_PROTOCOL when an answer has not the OverallStatus that its operation has. */
ets_status ets_verdict_check(ets_session *session, ets_object response,
                             const struct ets_operation *operation);

#endif
