/* Text of the wire to the C value of a field. */
#ifndef ETS_SCALAR_H
#define ETS_SCALAR_H

#include "contract/types.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Stores `text` as a number, boolean or enum value of the field's C type. False, and `place`
 * undefined, when it is no value of that type. */
bool ets_scalar_parse(const struct ets_field *field, const char *text, void *place);

/* The value of a whole number's C type. False for other kinds. */
bool ets_scalar_integer(const struct ets_field *field, const void *place, int64_t *value);

/* The shortest text that reads back as the same number, with a point whatever the locale.
 * Returns the length it has or would have. */
size_t ets_double_format(double value, char *buffer, size_t size);

#endif
