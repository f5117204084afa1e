/* Checks the filter of a request and compiles it. */
#ifndef ETSIM_QUERY_COMPILE_H
#define ETSIM_QUERY_COMPILE_H

#include <stdbool.h>

#include "common/buffer.h"
#include "kinds/filter.h"

struct et__FilterPart;

/* A filter is NULL when there is none.
 * @param[out] filter  owned by the caller, see filter_free()
 * @param[out] error   the text for OverallStatus
 * @return false when the filter is refused */
bool filter_compile(struct filter **filter, struct buffer *error, const struct kind *kind,
                    const struct et__FilterPart *part);

#endif
