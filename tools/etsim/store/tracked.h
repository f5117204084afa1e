/* What happens to the messages of triggered sends: events that are kept one by one, and counted in
 * the Send, its list and link, and the summary. All of this wants the write lock of the store. */
#ifndef ETSIM_STORE_TRACKED_H
#define ETSIM_STORE_TRACKED_H

#include "store/world.h"

enum { ALL_SUBSCRIBERS = 1722999 }; /* the list of a definition that names none */

enum tracked_kind {
  TRACKED_SENT,
  TRACKED_OPTED_OUT,
  TRACKED_UNDELIVERABLE,
  TRACKED_INVALID,
  TRACKED_BOUNCE,
  TRACKED_OPEN,
  TRACKED_OPEN_AGAIN,
  TRACKED_CLICK,
  TRACKED_CLICK_AGAIN
};

/* The type of the event. */
const char *tracked_type(enum tracked_kind kind);

/* One message. */
struct tracked {
  int account;
  const struct node *definition; /* the TriggeredSendDefinition */
  long job, batch;
  const char *key, *id; /* of the subscriber; NULL: not known */
};

/* One more in the summary of the definition with this ObjectID. */
void tracked_count(const struct world *world, const char *definition, const char *what);

/* @param date  on the server's clock
 * @return false: out of memory */
bool tracked_add(struct world *world, const struct tracked *message, enum tracked_kind kind,
                 int64_t date);

/* The columns of the send log, when the definition logs and there is one; else NULL. */
const struct node *tracked_columns(const struct world *world, const struct node *definition);

/* The row of the send log, when the definition logs and there is one. @param given  the recipient
 * as it was told, with its Attributes; NULL: none */
void tracked_log(struct world *world, const struct tracked *message, const struct node *given);

/* The next batch of a definition, with its job, which is made with the first: the Send, its parts
 * and the summary. @param job  0: a new number */
struct tracked tracked_batch(struct world *world, int account, struct node *definition, long job,
                             int64_t date);

/* Makes the summary of a definition that has none yet. @return false: out of memory */
bool tracked_summary(struct world *world, int account, const struct node *definition);

#endif
