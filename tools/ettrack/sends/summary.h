/* The summary of a send, as values that outlive the session's next call. */
#ifndef ETTRACK_SENDS_SUMMARY_H
#define ETTRACK_SENDS_SUMMARY_H

#include "ettrack/output/copies.h"
#include "ettrack/run/work.h"

/* Appends a row with the first `columns->count` values filled: properties and rates of a Send.
 * `asked` are the properties to ask for; NULL: every one that the service returns. Returns
 * ETS_E_NOT_FOUND when there is no such send, and other failures. */
ets_status summary_fetch(struct copies *row, const struct service *service, ets_session *session,
                         int32_t job_id, const struct columns *columns,
                         const struct columns *asked);

#endif
