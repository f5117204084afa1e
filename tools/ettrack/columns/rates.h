/* Rates as columns: no property is one, the library computes them from the statistics of a Send or
 * a ListSend. */
#ifndef ETTRACK_COLUMNS_RATES_H
#define ETTRACK_COLUMNS_RATES_H

#include "ettrack/columns/columns.h"

#include <etsoap/rates.h>

enum { RATE_TEXT = 16 };

/* Whether objects of a type have them. */
bool rates_are_of(const char *object_type);

/* Adds them all, ranked behind what is there. False when out of memory. */
bool rates_add(struct columns *columns);

/* The rate of an object, in per cent with two digits; absent when it is not defined. `text` holds
 * its digits. */
ets_value rate_value(ets_rate rate, ets_object object, char text[RATE_TEXT]);

/* What has to be asked for to show these columns of an object type: rates, if it has any, become
 * the properties that they are made of. False when out of memory. */
bool rates_asked(struct columns *asked, const struct columns *shown, const char *object_type);

#endif
