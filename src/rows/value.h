/* Values as text and as JSON. */
#ifndef ETS_ROWS_VALUE_H
#define ETS_ROWS_VALUE_H

#include "rows/out.h"

#include <etsoap/object.h>

struct ets_slice {
  const char *bytes;
  size_t size;
};

/* A value that is there as the cells of CSV and TSV hold it, before quoting: see ets_value_cell().
 * Borrowed from the value, or from `scratch`, in memory, until its next use. */
struct ets_slice ets_cell_of(const ets_value *value, struct ets_out *scratch);

/* A quoted JSON string; bytes that are not UTF-8 become U+FFFD. */
void ets_json_string(struct ets_out *out, const char *text);

/* A value that is not absent as JSON: null, "", a number, true, a string, an object. Of an array's
 * item that item alone. */
void ets_json_value(struct ets_out *out, const ets_value *value);

/* Whether the value stands for an array: it is an item, and the path to it names none. */
bool ets_json_is_array(const ets_value *value, const char *path);

/* All items of the array at a path as JSON. */
void ets_json_array(struct ets_out *out, ets_object object, const char *path);

#endif
