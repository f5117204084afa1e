#include "filter_wire.h"

#include "filter_ast.h"

#include <etsoap/time.h>

#include <string.h>

struct context {
  struct soap *soap;
  const struct ets_type *type; /* NULL: rows of a data extension, or not in the contract */
  int utc_offset;
};

static const enum et__SimpleOperators wire_operators[] = {
    [ETS_EQUALS] = et__SimpleOperators__equals,
    [ETS_NOT_EQUALS] = et__SimpleOperators__notEquals,
    [ETS_GREATER_THAN] = et__SimpleOperators__greaterThan,
    [ETS_LESS_THAN] = et__SimpleOperators__lessThan,
    [ETS_GREATER_THAN_OR_EQUAL] = et__SimpleOperators__greaterThanOrEqual,
    [ETS_LESS_THAN_OR_EQUAL] = et__SimpleOperators__lessThanOrEqual,
    [ETS_IS_NULL] = et__SimpleOperators__isNull,
    [ETS_IS_NOT_NULL] = et__SimpleOperators__isNotNull,
    [ETS_BETWEEN] = et__SimpleOperators__between,
    [ETS_IN] = et__SimpleOperators__IN,
    [ETS_LIKE] = et__SimpleOperators__like,
};

static void *make(const struct context *context, size_t size) {
  void *memory = soap_malloc(context->soap, size);
  return memory ? memset(memory, 0, size) : NULL;
}

static char *date_text(const struct context *context, const char *text) {
  ets_time time;
  char buffer[40];
  if (ets_time_parse(&time, text, context->utc_offset) != ETS_OK)
    return soap_strdup(context->soap, text);
  ets_time_format_wire(time, buffer, sizeof buffer);
  return soap_strdup(context->soap, buffer);
}

static bool make_simple(const struct context *context, const ets_filter *filter,
                        struct et__FilterPart *part) {
  const struct ets_field *field = ets_filter_field(context->type, filter->property);
  bool date = field && field->kind == ETS_KIND_DATETIME && filter->op != ETS_LIKE;
  struct et__SimpleFilterPart *simple = make(context, sizeof *simple);
  char **values = make(context, (filter->value_count + 1) * sizeof *values);
  if (!simple || !values)
    return false;
  for (size_t i = 0; i < filter->value_count; i++) {
    const char *text = filter->values[i].text;
    values[i] = date ? date_text(context, text) : soap_strdup(context->soap, text);
    if (!values[i])
      return false;
  }
  simple->Property = soap_strdup(context->soap, filter->property);
  simple->SimpleOperator = wire_operators[filter->op];
  if (date) {
    simple->__sizeDateValue = (int)filter->value_count;
    simple->DateValue = values;
  } else {
    simple->__sizeValue = (int)filter->value_count;
    simple->Value = values;
  }
  part->et__SimpleFilterPart = simple;
  return simple->Property != NULL;
}

static bool make_part(const struct context *context, const ets_filter *filter,
                      struct et__FilterPart *part);

/* More operands than two, as one part: the third and later ones are additional. */
static bool make_additional(const struct context *context, const ets_filter *filter,
                            struct et__ComplexFilterPart *complex) {
  size_t count = filter->operand_count - 2;
  complex->AdditionalOperands = make(context, sizeof *complex->AdditionalOperands);
  struct et__FilterPart *parts = make(context, count * sizeof *parts);
  if (!complex->AdditionalOperands || !parts)
    return false;
  complex->AdditionalOperands->__sizeOperand = (int)count;
  complex->AdditionalOperands->Operand = parts;
  for (size_t i = 0; i < count; i++)
    if (!make_part(context, filter->operands[i + 2], &parts[i]))
      return false;
  return true;
}

/* Operands from `first` on; pairs nest to the right. */
static bool make_complex(const struct context *context, const ets_filter *filter, size_t first,
                         struct et__FilterPart *part) {
  struct et__ComplexFilterPart *complex = make(context, sizeof *complex);
  if (!complex)
    return false;
  part->et__ComplexFilterPart = complex;
  complex->LeftOperand = make(context, sizeof *complex->LeftOperand);
  complex->RightOperand = make(context, sizeof *complex->RightOperand);
  complex->LogicalOperator =
      filter->kind == ETS_FILTER_AND ? et__LogicalOperators__AND : et__LogicalOperators__OR;
  if (!complex->LeftOperand || !complex->RightOperand ||
      !make_part(context, filter->operands[first], complex->LeftOperand))
    return false;
  size_t left = filter->operand_count - first;
  if (left == 2 || filter->additional_operands) {
    if (!make_part(context, filter->operands[first + 1], complex->RightOperand))
      return false;
    return left == 2 || make_additional(context, filter, complex);
  }
  return make_complex(context, filter, first + 1, complex->RightOperand);
}

static bool make_part(const struct context *context, const ets_filter *filter,
                      struct et__FilterPart *part) {
  return filter->kind == ETS_FILTER_SIMPLE ? make_simple(context, filter, part)
                                           : make_complex(context, filter, 0, part);
}

ets_status ets_filter_to_wire(struct et__FilterPart **part, struct soap *soap,
                              const ets_filter *filter, const char *object_type, int utc_offset,
                              ets_error *error) {
  *part = NULL;
  ets_status status = ets_filter_check(filter, object_type, error);
  if (status != ETS_OK)
    return status;
  struct context context = {soap, ets_type_find(object_type, strcspn(object_type, "[")),
                            utc_offset};
  struct et__FilterPart *made = make(&context, sizeof *made);
  if (!made || !make_part(&context, filter, made))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  *part = made;
  return ETS_OK;
}
