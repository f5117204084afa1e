/* Values as text and as JSON. */
#ifndef ETTRACK_VALUE_H
#define ETTRACK_VALUE_H

#include "sink.h"

#include <etsoap/object.h>

struct text {
  const char *bytes;
  size_t size;
};

/* A value that is there as text: what the service sent; binary as base64; an object as JSON.
 * Borrowed from the value, or from `scratch`, a memory sink, until its next use. */
struct text value_text(const ets_value *value, struct sink *scratch);

/* Whether a value is a number. */
bool value_is_number(const ets_value *value);

#endif
