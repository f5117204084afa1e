/* A request's filter, checked and compiled once, evaluated on every row. */
#ifndef ETSIM_QUERY_FILTER_H
#define ETSIM_QUERY_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kinds/kind.h"

struct et__FilterPart;

enum filter_op {
  FILTER_AND,
  FILTER_OR,
  FILTER_EQUALS,
  FILTER_NOT_EQUALS,
  FILTER_LESS,
  FILTER_LESS_OR_EQUAL,
  FILTER_GREATER,
  FILTER_GREATER_OR_EQUAL,
  FILTER_BETWEEN,
  FILTER_IN,
  FILTER_LIKE,
  FILTER_NULL,
  FILTER_NOT_NULL
};

struct filter_value {
  int64_t number;
  char *text;
  size_t size;
};

struct filter {
  enum filter_op op;
  size_t property; /* of a test */
  int computed;    /* the same property for what computes rows, -1: it does not know it */
  enum value_kind kind;
  size_t value_count;
  struct filter_value *values;
  size_t part_count; /* of AND and OR */
  struct filter **parts;
};

struct buffer;

/* Compiles what the request carries. A filter is NULL when there is none.
 * @param[out] filter  owned by the caller, see filter_free()
 * @param[out] error   the text for OverallStatus
 * @return false when the filter is refused */
bool filter_compile(struct filter **filter, struct buffer *error, const struct kind *kind,
                    const struct et__FilterPart *part);
void filter_free(struct filter *filter);

bool filter_matches(const struct filter *filter, struct world *world, struct row *row);

/* What every matching row has to fulfil, for scans that can use it as an index: the tests of
 * the computed `property` that are joined by AND from the top.
 * @return the next one after `last` (NULL: the first) */
const struct filter *filter_required(const struct filter *filter, size_t property,
                                     const struct filter *last);

#endif
