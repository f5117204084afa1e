/* From a filter to the parts that go on the wire. */
#ifndef ETS_FILTER_TO_WIRE_H
#define ETS_FILTER_TO_WIRE_H

#include <etsoap/filter.h>
#include <etsoap/pool.h>

/* Checks the filter for the object type, then makes its parts in the pool. A value goes into
 * DateValue when the contract, or else Describe, has the property as a date, into Value otherwise;
 * columns of data extension rows are Value always. Dates are written with their offset and
 * without fraction, booleans as true and false.
 * @param[out] part  a SimpleFilterPart or a ComplexFilterPart; no object on failure
 * utc_offset: minutes east of UTC that a date without zone means */
ets_status ets_filter_to_wire(ets_object *part, ets_pool *pool, const ets_filter *filter,
                              const char *object_type, int utc_offset, ets_error *error);

#endif
