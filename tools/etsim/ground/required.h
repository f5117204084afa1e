/* What stands for a member that the contract requires and nobody gave. */
#ifndef ETSIM_GROUND_REQUIRED_H
#define ETSIM_GROUND_REQUIRED_H

#include "common/buffer.h"
#include "contract/types.h"

/* The whole element, with what is required inside of it. */
void required_write(struct buffer *out, const struct ets_field *field);

/* The content of one without members: "0", "false", the first value of an enumeration. Static. */
const char *required_value(const struct ets_field *field);

#endif
