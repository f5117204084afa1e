/* Who a recipient is to the account: status, lists, how many events there are. */
#ifndef ETTRACK_RECIPIENTS_PROFILE_H
#define ETTRACK_RECIPIENTS_PROFILE_H

#include "common/buffer.h"

#include <etsoap/recipient.h>

/* Writes it for people, in lines of so many columns. */
void profile_write(struct buffer *out, size_t width, const ets_recipient_log *log,
                   const char *subscriber_key);

#endif
