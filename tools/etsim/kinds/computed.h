/* The types whose rows the demo data computes. */
#ifndef ETSIM_KINDS_COMPUTED_H
#define ETSIM_KINDS_COMPUTED_H

#include "kinds/kind.h"

/* NULL when events.def does not have it. */
const struct kind *event_kind(const char *object_type);

extern const struct kind send_kind;
extern const struct kind link_send_kind;
extern const struct kind list_send_kind;
extern const struct kind subscriber_kind;
extern const struct kind list_subscriber_kind;
extern const struct kind data_field_kind;

/* How the service calls it. */
static inline const char *status_name(enum demo_status status) {
  static const char *const names[] = {"Active", "Bounced", "Held", "Unsubscribed"};
  return names[status];
}

#endif
