#include "filter/ast.h"

#include <stdlib.h>

/* NOT has no operator on the wire: it becomes the complementary operators. */
static const ets_operator complements[] = {
    [ETS_EQUALS] = ETS_NOT_EQUALS,
    [ETS_NOT_EQUALS] = ETS_EQUALS,
    [ETS_GREATER_THAN] = ETS_LESS_THAN_OR_EQUAL,
    [ETS_LESS_THAN] = ETS_GREATER_THAN_OR_EQUAL,
    [ETS_GREATER_THAN_OR_EQUAL] = ETS_LESS_THAN,
    [ETS_LESS_THAN_OR_EQUAL] = ETS_GREATER_THAN,
    [ETS_IS_NULL] = ETS_IS_NOT_NULL,
    [ETS_IS_NOT_NULL] = ETS_IS_NULL,
};

static ets_filter *compare(const ets_filter *filter, size_t value, ets_operator op) {
  const char *text = filter->values[value].text;
  ets_filter *made = ets_filter_simple(filter->property, op, &text, 1);
  if (made && made->kind == ETS_FILTER_SIMPLE) {
    made->column = filter->column;
    made->values[0].column = filter->values[value].column;
  }
  return made;
}

static ets_filter *differ_from_all(const ets_filter *filter) {
  ets_filter *result = NULL;
  ets_filter **operands = calloc(filter->value_count, sizeof *operands);
  if (!operands)
    return NULL;
  for (size_t i = 0; i < filter->value_count; i++)
    operands[i] = compare(filter, i, ETS_NOT_EQUALS);
  result = ets_filter_and_all(operands, filter->value_count);
  free(operands);
  return result;
}

static ets_filter *negate_simple(ets_filter *filter) {
  ets_filter *result;
  switch (filter->op) {
  case ETS_BETWEEN:
    result = ets_filter_or(compare(filter, 0, ETS_LESS_THAN), compare(filter, 1, ETS_GREATER_THAN));
    break;
  case ETS_IN:
    result = differ_from_all(filter);
    break;
  case ETS_LIKE:
    result = ets_filter_error_new(ETS_E_USAGE,
                                  "filter, column %u: NOT of %s LIKE cannot be sent: the service "
                                  "has no operator for it; leave those rows out after the retrieve",
                                  (unsigned)filter->column, filter->property);
    break;
  default:
    filter->op = complements[filter->op];
    return filter;
  }
  ets_filter_free(filter);
  return result;
}

ets_filter *ets_filter_negate(ets_filter *filter) {
  if (!filter || filter->kind == ETS_FILTER_ERROR)
    return filter;
  if (filter->kind == ETS_FILTER_SIMPLE)
    return negate_simple(filter);
  for (size_t i = 0; i < filter->operand_count; i++)
    filter->operands[i] = ets_filter_negate(filter->operands[i]);
  ets_filter *result = filter->kind == ETS_FILTER_AND
                           ? ets_filter_or_all(filter->operands, filter->operand_count)
                           : ets_filter_and_all(filter->operands, filter->operand_count);
  filter->operand_count = 0;
  ets_filter_free(filter);
  return result;
}
