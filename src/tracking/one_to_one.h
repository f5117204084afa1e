/* What the steps of one-to-one tracking share. */
#ifndef ETS_TRACKING_ONE_TO_ONE_H
#define ETS_TRACKING_ONE_TO_ONE_H

#include <etsoap/one_to_one.h>

enum { ETS_KEY_SIZE = 260 };

/* Clears the session's error and looks whether the members that every step needs are there,
 * and the attribute is none of the service's own.
 * @param definition  the triggered send definition, too
 * @return ETS_E_USAGE with what is missing or wrong */
ets_status ets_one_to_one_check(ets_session *session, const ets_one_to_one *how, bool definition);

#endif
