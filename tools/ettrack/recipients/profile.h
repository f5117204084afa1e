/* Who a recipient is to the account: status, lists. */
#ifndef ETTRACK_RECIPIENTS_PROFILE_H
#define ETTRACK_RECIPIENTS_PROFILE_H

#include "common/buffer.h"
#include "ettrack/run/service.h"

/* Writes the subscriber's address and status and the lists that it is on, for people, two requests
 * or three. ETS_E_NOT_FOUND when the account has no such subscriber. */
ets_status profile_write(struct buffer *out, const struct service *service, ets_session *session,
                         const char *subscriber_key);

/* A line of it in a terminal of so many columns: a name and a value, which is below in a narrow
 * one. The name "" goes on with the one above. */
void profile_line(struct buffer *out, size_t width, const char *name, const char *value);

#endif
