/* What the types that belong to sends share. */
#ifndef ETSIM_KINDS_SEND_H
#define ETSIM_KINDS_SEND_H

#include "kinds/scan.h"

/* The send at the scan's position or the next one that it may see; the only one when the filter
 * names it by the property `id`. NULL at the end. */
const struct send *scan_next_send(struct scan *scan, const char *id);

/* For the tables of properties. */
property_get send_get_account, send_get_id, send_get_preview;

/* Members of the tables of properties. */
#define COUNT_MEMBER(path, get) PROPERTY(path, VALUE_INTEGER, 0, get)

/* The statistics that a Send and a ListSend share, in the contract's order; the functions that
 * compute them have the names behind a prefix. */
#define STATISTICS_MEMBERS(P)                                                                      \
  COUNT_MEMBER("Duplicates", P##duplicates), COUNT_MEMBER("InvalidAddresses", P##invalid),         \
      COUNT_MEMBER("ExistingUndeliverables", P##undeliverable),                                    \
      COUNT_MEMBER("ExistingUnsubscribes", P##unsubscribed), COUNT_MEMBER("HardBounces", P##hard), \
      COUNT_MEMBER("SoftBounces", P##soft), COUNT_MEMBER("OtherBounces", P##other),                \
      COUNT_MEMBER("ForwardedEmails", P##forwards), COUNT_MEMBER("UniqueClicks", P##clicks),       \
      COUNT_MEMBER("UniqueOpens", P##opens), COUNT_MEMBER("NumberSent", P##sent),                  \
      COUNT_MEMBER("NumberDelivered", P##delivered), COUNT_MEMBER("Unsubscribes", P##unsubs),      \
      COUNT_MEMBER("MissingAddresses", P##missing)

#endif
