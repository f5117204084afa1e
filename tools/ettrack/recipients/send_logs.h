/* The send logs of an account. */
#ifndef ETTRACK_RECIPIENTS_SEND_LOGS_H
#define ETTRACK_RECIPIENTS_SEND_LOGS_H

#include "ettrack/run/service.h"

/* Says which data extensions are send logs beside the one of that key or name: the service writes
 * to one of them, and does not tell which. What it refuses to tell is no failure. */
ets_status send_logs_warn(const struct service *service, ets_session *session,
                          const char *send_log);

#endif
