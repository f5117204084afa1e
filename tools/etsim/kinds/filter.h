/* A request's filter, compiled: what scans look into for the parts that they can use as an index.
 * query/compile.h makes it, query/match.h holds rows against it. */
#ifndef ETSIM_KINDS_FILTER_H
#define ETSIM_KINDS_FILTER_H

#include <stddef.h>
#include <stdint.h>

#include "kinds/kind.h"

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
  const struct property *property; /* of a test; belongs to the kind */
  size_t value_count;
  struct filter_value *values;
  size_t part_count; /* of AND and OR */
  struct filter **parts;
};

void filter_free(struct filter *filter);

/* What every matching row has to fulfil: the tests of the property `path` that are joined by AND
 * from the top.
 * @return the next one after `last` (NULL: the first) */
const struct filter *filter_required(const struct filter *filter, const char *path,
                                     const struct filter *last);

/* The first of them that is an equality, or NULL. */
const struct filter *filter_equality(const struct filter *filter, const char *path);

#endif
