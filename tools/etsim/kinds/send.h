/* What the kinds that belong to sends share. */
#ifndef ETSIM_KINDS_SEND_H
#define ETSIM_KINDS_SEND_H

#include "kinds/kind.h"

/* The send at the scan's position or the next one that it may see; the only one when the filter
 * names it by `id_property`. NULL at the end. */
const struct send *scan_next_send(struct scan *scan, size_t id_property);

/* Written into the row's scratch. */
const char *send_preview(struct row *row, const struct send *send);

/* Members of the tables of properties. */
#define NIL_MEMBER(path) \
  { path, VALUE_TEXT, PROPERTY_CLOSED }
#define COUNT_MEMBER(name) \
  { name, VALUE_INTEGER, 0 }

/* The statistics that a Send and a ListSend share, in the contract's order: the numbers of their
 * properties, with a prefix, and the properties themselves. */
#define STATISTICS_OF_SEND(P)                                                               \
  P##DUPLICATES, P##INVALID, P##UNDELIVERABLE, P##UNSUBSCRIBED, P##HARD, P##SOFT, P##OTHER, \
      P##FORWARDS, P##CLICKS, P##OPENS, P##SENT, P##DELIVERED, P##UNSUBS, P##MISSING
#define STATISTICS_MEMBERS                                                                        \
  COUNT_MEMBER("Duplicates"), COUNT_MEMBER("InvalidAddresses"),                                   \
      COUNT_MEMBER("ExistingUndeliverables"), COUNT_MEMBER("ExistingUnsubscribes"),               \
      COUNT_MEMBER("HardBounces"), COUNT_MEMBER("SoftBounces"), COUNT_MEMBER("OtherBounces"),     \
      COUNT_MEMBER("ForwardedEmails"), COUNT_MEMBER("UniqueClicks"), COUNT_MEMBER("UniqueOpens"), \
      COUNT_MEMBER("NumberSent"), COUNT_MEMBER("NumberDelivered"), COUNT_MEMBER("Unsubscribes"),  \
      COUNT_MEMBER("MissingAddresses")

#endif
