/* Rates: columns that no property is, computed from the statistics of a Send or a ListSend. */
#ifndef ETTRACK_COLUMNS_RATES_H
#define ETTRACK_COLUMNS_RATES_H

#include "ettrack/columns/columns.h"

#include <etsoap/object.h>

enum { RATE_PARTS = 3, RATE_TEXT = 16 };

/* A share of a hundred: the sum of the parts, of the whole. */
struct rate {
  const char *name;              /* "OpenRate" */
  const char *parts[RATE_PARTS]; /* properties; NULL: no more */
  const char *whole;
  const char *formula; /* "UniqueOpens / NumberDelivered" */
};

extern const struct rate rates[]; /* ends with a NULL name */

/* Whether objects of a type have them. */
bool rates_are_of(const char *object_type);

/* Adds them all, ranked behind what is there. False when out of memory. */
bool rates_add(struct columns *columns);

/* NULL: it is none. */
const struct rate *rate_find(const char *name);

/* The rate of an object, in per cent with two digits; absent when a part or the whole is, or the
 * whole is 0. `text` holds its digits. */
ets_value rate_of(const struct rate *rate, ets_object object, char text[RATE_TEXT]);

/* What has to be asked for to show these columns of an object type: rates, if it has any, become
 * the properties that they are made of. False when out of memory. */
bool rates_asked(struct columns *asked, const struct columns *shown, const char *object_type);

#endif
