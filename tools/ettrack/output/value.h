/* Values as text. */
#ifndef ETTRACK_OUTPUT_VALUE_H
#define ETTRACK_OUTPUT_VALUE_H

#include "common/buffer.h"

#include <etsoap/object.h>

struct text {
  const char *bytes;
  size_t size;
};

/* A value that is there as text: what the service sent; binary as base64; an object as JSON.
 * Borrowed from the value, or from `scratch` until its next use. */
struct text value_text(const ets_value *value, struct buffer *scratch);

/* A text as a value, which is absent when that is NULL or empty. */
ets_value value_of_text(const char *text);

/* Whether a value is a number. */
bool value_is_number(const ets_value *value);

/* Whether a part of it says nothing, or something else: numbers and dates, also those that come as
 * text, ids, addresses. `text` is what is shown of the value. */
bool value_is_firm(const ets_value *value, const char *text, size_t n);

/* Whether what is shown is an address, of which both ends say something. */
bool value_is_url(const char *text, size_t n);

#endif
