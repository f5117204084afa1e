/* What a filter is made of. Trees are kept in one form: AND and OR have two operands or more,
 * none of which is of their own kind, so that filters which mean the same by their brackets
 * alone are equal. Private to the filter sources. */
#ifndef ETS_FILTER_AST_H
#define ETS_FILTER_AST_H

#include <etsoap/filter.h>

enum ets_filter_kind {
  ETS_FILTER_SIMPLE,
  ETS_FILTER_AND,
  ETS_FILTER_OR,
  ETS_FILTER_ERROR /* what went wrong while building; takes the place of the whole filter */
};

enum { ETS_FILTER_DEPTH_MAX = 100 }; /* levels of AND and OR below each other, and of brackets */

struct ets_filter_value {
  char *text;
  uint32_t column; /* in the text that the filter was read from, from 1; 0: made by a builder */
};

struct ets_filter {
  enum ets_filter_kind kind;

  ets_operator op; /* ETS_FILTER_SIMPLE */
  char *property;
  uint32_t column; /* of the property, as in ets_filter_value */
  struct ets_filter_value *values;
  size_t value_count;

  struct ets_filter **operands; /* ETS_FILTER_AND, ETS_FILTER_OR */
  size_t operand_count;
  size_t operand_capacity;
  unsigned depth; /* levels of AND and OR, this one included */
  bool additional_operands;
  bool unchecked; /* see ets_filter_leave_unchecked() */

  ets_status failed; /* ETS_FILTER_ERROR */
  char *problem;
};

/* Name of an operator on the wire, "greaterThan". */
const char *ets_operator_name(ets_operator op);

/* A filter that holds an error; NULL when out of memory. */
ets_filter *ets_filter_error_new(ets_status status, const char *format, ...) ETS_PRINTF(2, 3);

/* The filter that holds where `filter` does not; takes it over. An error where no operator of the
 * service says that. NULL when out of memory. */
ets_filter *ets_filter_negate(ets_filter *filter);

/* Same tree, same values; columns and additional_operands do not matter. */
bool ets_filter_equal(const ets_filter *a, const ets_filter *b);

/* Whether there are values, and all of them are dates. */
bool ets_filter_has_dates(const ets_filter *filter);

/* Whether `word` of length n has a meaning of its own in the text form, so that it is quoted
 * where it is a property or a value. */
bool ets_filter_is_reserved(const char *word, size_t n);

#endif
