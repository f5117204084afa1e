/* What became of one recipient: every event over all sends, with the sends' names. */
#ifndef ETTRACK_RECIPIENTS_HISTORY_H
#define ETTRACK_RECIPIENTS_HISTORY_H

#include "ettrack/output/copies.h"
#include "ettrack/run/service.h"

#define HISTORY_SEND_ID "SendID"
#define HISTORY_EMAIL_NAME "EmailName" /* of the send */
#define HISTORY_SUBJECT "Subject"      /* the same */

struct history {
  struct copies events; /* a row with the columns asked for */
  struct copies sends;  /* ID, EmailName, Subject */
  size_t counts[ETS_EVENT_TYPE_COUNT];
};

void history_init(struct history *history, const struct columns *columns);
void history_free(struct history *history);

/* Reads the events of a subscriber in the window of the options, one type after the other, then the
 * names of their sends. After a failure, what came is there. */
ets_status history_fetch(struct history *history, const struct service *service,
                         ets_session *session, const char *subscriber_key,
                         const struct columns *columns);

#endif
