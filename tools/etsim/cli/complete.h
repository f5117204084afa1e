/* etsim complete -- WORD...: what the last word of a command line may become, for shells. */
#ifndef ETSIM_CLI_COMPLETE_H
#define ETSIM_CLI_COMPLETE_H

#include "common/options.h"

void complete_print(const struct option_list *words);

#endif
