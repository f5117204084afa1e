/* An account made ready for one-to-one sends. */
#ifndef ETTRACK_RECIPIENTS_ONE_TO_ONE_SETUP_H
#define ETTRACK_RECIPIENTS_ONE_TO_ONE_SETUP_H

#include "ettrack/run/work.h"

#include <etsoap/one_to_one.h>

/* Takes the steps, a row for each; what is there already stays. `work` has the service and the
 * writer. Returns an exit code. */
int one_to_one_setup(const ets_one_to_one *how, struct work *work);

#endif
