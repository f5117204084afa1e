/* The names of what can be asked of an object type, as the service itself says. */
#ifndef ETTRACK_RUN_NAMES_H
#define ETTRACK_RUN_NAMES_H

#include "ettrack/output/copies.h"
#include "ettrack/run/service.h"

/* Fills `names`, of one column, in the service's order: by Describe, or for the rows of a data
 * extension, DataExtensionObject[KEY], by its fields. ETS_E_NOT_FOUND when there are none. */
ets_status names_fetch(struct copies *names, const struct service *service, ets_session *session,
                       const char *object_type, ets_error *error);

/* After a refusal: adds to the error which of the names are none of the object type's, and what may
 * have been meant; with `rates_too` a rate as well. */
void names_explain(ets_error *error, const struct service *service, ets_session *session,
                   const char *object_type, const struct columns *asked, bool rates_too);

#endif
