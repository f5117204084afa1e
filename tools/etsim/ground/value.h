/* One value of a row, as a filter compares it and an answer shows it. */
#ifndef ETSIM_GROUND_VALUE_H
#define ETSIM_GROUND_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_kind {
  VALUE_ABSENT, /* no element */
  VALUE_NIL,    /* xsi:nil */
  VALUE_TEXT,
  VALUE_INTEGER,
  VALUE_BOOLEAN, /* number is 0 or 1 */
  VALUE_DATE     /* number is milliseconds since 1970 on the server's clock */
};

struct value {
  enum value_kind kind;
  int64_t number;
  const char *text; /* VALUE_TEXT, and any value that was given as text: it goes out as it came.
                       Lives as long as the row */
  size_t size;
};

static inline void value_set_integer(struct value *value, int64_t number) {
  value->kind = VALUE_INTEGER;
  value->number = number;
}

static inline void value_set_boolean(struct value *value, int truth) {
  value->kind = VALUE_BOOLEAN;
  value->number = truth != 0;
}

static inline void value_set_date(struct value *value, int64_t milliseconds) {
  value->kind = VALUE_DATE;
  value->number = milliseconds;
}

static inline void value_set_bytes(struct value *value, const char *text, size_t size) {
  value->kind = VALUE_TEXT;
  value->text = text;
  value->size = size;
}

void value_set_text(struct value *value, const char *text); /* NULL: absent */

/* Whether a text looks like an address of email. */
bool is_address(const char *text);

#endif
