/* Where the service is, and who asks: from options, environment and config file. */
#ifndef ETTRACK_CLI_SETTINGS_H
#define ETTRACK_CLI_SETTINGS_H

#include "ettrack/cli/options.h"

#include <etsoap/etsoap.h>

/* Fills the settings. Returns an exit code, after complaining when it is not EXIT_DONE. */
int settings_read(ets_settings *settings, const struct options *options);

#endif
