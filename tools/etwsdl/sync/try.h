/* Generates the bindings of a contract in a scratch folder, as the build would. */
#ifndef ETWSDL_SYNC_TRY_H
#define ETWSDL_SYNC_TRY_H

#include "etwsdl/base/arena.h"

/* What the tools said is appended to `said`. */
bool try_generation(const char *tree, const char *contract, const char *folder,
                    struct buffer *said);

#endif
