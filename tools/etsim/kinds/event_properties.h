/* What is known here of the properties of events: how their values are computed. Which type has
 * which is said by events.def and retrievable.def. */
#ifndef ETSIM_KINDS_EVENT_PROPERTIES_H
#define ETSIM_KINDS_EVENT_PROPERTIES_H

#include "kinds/kind.h"

/* What it is to a type that does not return it. */
enum event_elsewhere {
  ELSEWHERE_NOTHING,
  ELSEWHERE_FILTER,   /* computed all the same, so that filters may use it */
  ELSEWHERE_CLOSED,   /* an element of the contract, nil */
  ELSEWHERE_WITH_LIST /* the same, where the type has a list */
};

struct event_property {
  struct property property;
  enum event_elsewhere elsewhere;
};

enum { EVENT_PROPERTIES = 29 };

/* In the order of the contract. */
extern const struct event_property event_properties[EVENT_PROPERTIES];

#endif
