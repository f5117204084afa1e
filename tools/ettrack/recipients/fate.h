/* What became of a recipient of a triggered send. */
#ifndef ETTRACK_RECIPIENTS_FATE_H
#define ETTRACK_RECIPIENTS_FATE_H

#include <etsoap/batch.h>

enum fate { FATE_ACCEPTED, FATE_REFUSED, FATE_UNKNOWN, FATE_NOT_SENT, FATES };

/* What is said of each. */
extern const char *const fate_names[FATES];

/* The service knows two words for it, OK and Error: any other one leaves it open. */
enum fate fate_of(const ets_item *item);

/* Why it was not accepted: what the service says of the recipient says more than what it says of
 * the message, and a word that nobody knows is said as it came, in `text`. NULL: it was. */
const char *fate_reason(const ets_item *item, char *text, size_t size);

#endif
