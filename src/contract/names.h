/* "; did you mean X?" for names of the contract, or "" when none is near. */
#ifndef ETS_NAMES_H
#define ETS_NAMES_H

#include "contract/types.h"

/* Each writes into `buffer` and returns it. */
const char *ets_suggest_type(char *buffer, size_t size, const char *name);
const char *ets_suggest_field(char *buffer, size_t size, const struct ets_type *type,
                              const char *name);
const char *ets_suggest_enum(char *buffer, size_t size, const struct ets_enum *enumeration,
                             const char *value);

#endif
